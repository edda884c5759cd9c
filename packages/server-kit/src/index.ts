/**
 * Public names of `@fairlead/server-kit`: what a service is made of. Adding a line here is adding API that every team
 * relies on.
 */
export type { AttachedContent, CallContext } from './define/call-context.ts';
export type { Cursors } from './define/cursors.ts';
export { defineService, promptFactory, resourceFactory, toolFactory, type DefineTool } from './define/factories.ts';
export { loadPrompts, loadResources, loadTools } from './define/load-folder.ts';
export type { ContentLabels } from './define/labels.ts';
export type { Prompt, PromptDefinition, PromptMessage } from './define/prompt.ts';
export type { Question, Reply } from './define/question.ts';
export type {
  Resource,
  ResourceContent,
  ResourceDefinition,
  ResourceEntry,
  TemplateVariables,
} from './define/resource.ts';
export type { ChangeNotices, ServiceDefinition, SetupContext, SetupResult } from './define/service.ts';
export type {
  CutParts,
  EffectToolDefinition,
  OutputParts,
  PageParts,
  ReadToolDefinition,
  Tool,
} from './define/tool.ts';
export type { RawSurface, WirePrompt } from './mcp/raw-surface.ts';
export { run } from './run/run.ts';
export { serviceSettings } from './run/service-settings.ts';
export { startService, type RunningService, type StartOptions } from './run/start-service.ts';
export type { WireTool } from './tools/wire-tool.ts';
