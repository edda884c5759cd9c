import { loadPrompts, loadResources, loadTools } from '../define/load-folder.ts';
import type { Prompt } from '../define/prompt.ts';
import type { Resource } from '../define/resource.ts';
import type { ServiceDefinition } from '../define/service.ts';
import type { Tool } from '../define/tool.ts';
import { buildSurface, type Surface } from '../mcp/surface.ts';
import type { RawSurface } from '../mcp/raw-surface.ts';
import type { ConfigDefinition } from '../runtime/config.ts';
import { readPackageVersion } from '../runtime/read-package-version.ts';
import { selectTools } from './select-tools.ts';
import { settingPrefix } from './toolset-settings.ts';

/** Loads a service's folders, keeps what the operator wants, and compiles it. */
export async function loadSurface<Deps, Settings extends ConfigDefinition>(
  service: ServiceDefinition<Deps, Settings>,
  options: { deps: Deps; settings: Readonly<Record<string, unknown>>; raw: RawSurface | undefined },
): Promise<Surface> {
  const prefix = settingPrefix(service.name);
  const tools = selectTools(await toolsOf(service), {
    toolsets: String(options.settings[`${prefix}_TOOLSETS`]),
    defaultToolsets: service.defaultToolsets,
    isReadOnly: options.settings[`${prefix}_READ_ONLY`] === true,
    settingName: `${prefix}_TOOLSETS`,
  });
  return buildSurface({
    serverInfo: {
      name: `fairlead-${service.name}`,
      title: service.title,
      version: readPackageVersion(service.packageFolder),
    },
    instructions: service.instructions,
    tools,
    resources: await resourcesOf(service),
    prompts: await promptsOf(service),
    deps: options.deps,
    raw: options.raw,
  });
}

async function toolsOf<Deps, Settings extends ConfigDefinition>({
  tools,
}: ServiceDefinition<Deps, Settings>): Promise<readonly Tool<Deps>[]> {
  return tools instanceof URL ? loadTools<Deps>(tools) : (tools ?? []);
}

async function resourcesOf<Deps, Settings extends ConfigDefinition>(
  service: ServiceDefinition<Deps, Settings>,
): Promise<readonly Resource<Deps>[]> {
  const { resources } = service;
  return resources instanceof URL ? loadResources<Deps>(resources) : (resources ?? []);
}

async function promptsOf<Deps, Settings extends ConfigDefinition>({
  prompts,
}: ServiceDefinition<Deps, Settings>): Promise<readonly Prompt<Deps>[]> {
  return prompts instanceof URL ? loadPrompts<Deps>(prompts) : (prompts ?? []);
}
