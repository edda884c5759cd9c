import type { ServerCapabilities } from '@modelcontextprotocol/server';
import type { Prompt } from '../define/prompt.ts';
import type { Resource } from '../define/resource.ts';
import type { Tool } from '../define/tool.ts';
import { compileTool, type CompiledTool } from '../tools/compiled-tool.ts';
import type { Implementation } from './implementation.ts';
import { PrincipalViews } from './principal-view.ts';
import { PromptRegistry } from './prompt-registry.ts';
import type { RawSurface } from './raw-surface.ts';
import { ResourceRegistry } from './resource-registry.ts';

/** Everything that a service offers over MCP, built once when it starts. Transports and eras share one surface. */
export interface Surface {
  readonly serverInfo: Implementation;
  readonly instructions: string;
  readonly capabilities: ServerCapabilities;
  readonly tools: readonly CompiledTool[];
  readonly views: PrincipalViews;
  readonly resources: Pick<
    ResourceRegistry<never>,
    'isEmpty' | 'templates' | 'list' | 'read' | 'isReadable' | 'complete'
  >;
  readonly prompts: Pick<PromptRegistry<never>, 'isEmpty' | 'list' | 'render' | 'complete'>;
  readonly raw: RawSurface | undefined;
}

/** What a surface is built from. */
export interface SurfaceOptions<Deps> {
  readonly serverInfo: Implementation;
  readonly instructions: string;
  readonly tools: readonly Tool<Deps>[];
  readonly resources: readonly Resource<Deps>[];
  readonly prompts: readonly Prompt<Deps>[];
  readonly deps: Deps;
  readonly raw?: RawSurface | undefined;
}

/** Compiles tools, resources and prompts; a bad definition fails here, at start. */
export function buildSurface<Deps>(options: SurfaceOptions<Deps>): Surface {
  const { serverInfo, instructions, deps, raw } = options;
  const tools = options.tools.map((tool) => compileTool(tool, deps));
  const resources = new ResourceRegistry(options.resources, deps);
  const prompts = new PromptRegistry(options.prompts, deps);
  const hasTools = tools.length > 0 || raw !== undefined;
  const hasPrompts = !prompts.isEmpty || raw !== undefined;
  const capabilities: ServerCapabilities = {
    ...(hasTools && { tools: { listChanged: true } }),
    ...(!resources.isEmpty && { resources: { listChanged: true, subscribe: true } }),
    ...(hasPrompts && { prompts: { listChanged: true } }),
    ...((resources.hasCompletion || prompts.hasCompletion) && { completions: {} }),
    ...raw?.capabilities,
  };
  return {
    serverInfo,
    instructions,
    capabilities,
    tools,
    resources,
    prompts,
    raw,
    views: new PrincipalViews({ tools, raw, serverInfo }),
  };
}
