import type { Tool } from '../define/tool.ts';
import { ConfigError } from '../runtime/config-error.ts';

/** Which tools an operator wants. */
export interface ToolSelection {
  /** `default`, `all`, or a comma list of toolsets. */
  readonly toolsets: string;
  readonly defaultToolsets: readonly string[];
  readonly isReadOnly: boolean;
  /** Name of the setting, for the error. */
  readonly settingName: string;
}

/**
 * Keeps the tools of the wanted toolsets. A tool outside is neither listed nor callable (05 T-07).
 *
 * @throws ConfigError when a toolset does not exist.
 */
export function selectTools<Deps>(tools: readonly Tool<Deps>[], selection: ToolSelection): readonly Tool<Deps>[] {
  const known = new Set(tools.map((tool) => tool.toolset));
  const wanted = wantedToolsets(selection, known);
  const allowed = selection.isReadOnly ? tools.filter((tool) => tool.effect === 'read') : tools;
  return allowed.filter((tool) => wanted.has(tool.toolset));
}

function wantedToolsets(selection: ToolSelection, known: ReadonlySet<string>): ReadonlySet<string> {
  if (selection.toolsets === 'all') return known;
  if (selection.toolsets === 'default') return new Set(selection.defaultToolsets);
  const names = selection.toolsets.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new ConfigError([
      `${selection.settingName}=${selection.toolsets} names ${unknown.join(', ')}. Known: ${[...known].toSorted().join(', ')}, default, all.`,
    ]);
  }
  return new Set(names);
}
