import type { Principal } from '@fairlead/contracts';
import { compilePermissionMatcher } from '../identity/permission-matcher.ts';
import type { CompiledTool } from '../tools/compiled-tool.ts';
import type { WireTool } from '../tools/wire-tool.ts';
import { listBytes, type ListBytes } from './list-bytes.ts';
import type { RawSurface } from './raw-surface.ts';
import type { Implementation } from './implementation.ts';

const VIEWS_MAX = 256;

/** What one set of permissions may see and call. List and call ask the same object, so they cannot differ (03 L9, 06 N03). */
export interface PrincipalView {
  /** Whether a thing with this permission is visible and usable. */
  readonly may: (permission: string) => boolean;
  /** A tool by wire name; `undefined` for unknown and for hidden, without a difference. */
  tool(name: string): CompiledTool | undefined;
  readonly wireTools: readonly WireTool[];
  /** The answer to `tools/list`, ready to be sent. */
  readonly toolList: ListBytes;
}

/** Builds views and keeps one per distinct set of permissions, so that callers of a role share its list bytes. */
export class PrincipalViews {
  readonly #tools: readonly CompiledTool[];
  readonly #raw: RawSurface | undefined;
  readonly #serverInfo: Implementation;
  readonly #byPrincipal = new WeakMap<Principal, PrincipalView>();
  readonly #byPermissions = new Map<string, PrincipalView>();

  constructor(options: { tools: readonly CompiledTool[]; raw: RawSurface | undefined; serverInfo: Implementation }) {
    this.#tools = options.tools;
    this.#raw = options.raw;
    this.#serverInfo = options.serverInfo;
  }

  /** The view of a caller. Cheap for a principal object seen before. */
  of(principal: Principal): PrincipalView {
    const known = this.#byPrincipal.get(principal);
    if (known !== undefined) return known;
    const key = JSON.stringify([principal.allow.toSorted(), principal.deny.toSorted()]);
    const view = this.#byPermissions.get(key) ?? this.#build(principal);
    this.#remember(key, view);
    this.#byPrincipal.set(principal, view);
    return view;
  }

  /** Drops every view: a list changed. */
  clear(): void {
    this.#byPermissions.clear();
    this.#generation += 1;
  }

  #generation = 0;

  #build(principal: Principal): PrincipalView {
    const may = compilePermissionMatcher(principal.allow, principal.deny);
    const tools = new Map(this.#tools.filter((tool) => may(tool.permission)).map((tool) => [tool.name, tool]));
    const own = [...tools.values()].map((tool) => tool.wire);
    const raw = this.#raw;
    const serverInfo = this.#serverInfo;
    const isFiltered = tools.size < this.#tools.length;
    const wireTools = (): readonly WireTool[] =>
      [...own, ...(raw?.tools() ?? [])].toSorted((left, right) => (left.name < right.name ? -1 : 1));
    const toolList = (): ListBytes => listBytes({ tools: wireTools() }, { serverInfo, isFiltered });
    let cached: { generation: number; wireTools: readonly WireTool[]; toolList: ListBytes } | undefined;
    const current = (): { wireTools: readonly WireTool[]; toolList: ListBytes } => {
      if (cached?.generation !== this.#generation)
        cached = { generation: this.#generation, wireTools: wireTools(), toolList: toolList() };
      return cached;
    };
    return {
      may,
      tool: (name) => tools.get(name),
      get wireTools() {
        return current().wireTools;
      },
      get toolList() {
        return current().toolList;
      },
    };
  }

  #remember(key: string, view: PrincipalView): void {
    if (this.#byPermissions.size >= VIEWS_MAX) {
      const [oldest] = this.#byPermissions.keys();
      if (oldest !== undefined) this.#byPermissions.delete(oldest);
    }
    this.#byPermissions.set(key, view);
  }
}
