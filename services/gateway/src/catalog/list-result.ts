import { metaKeys, type Principal } from '@fairlead/contracts';
import { visible } from '../policy/decide.ts';
import { isJsonObject, objectField, type JsonObject } from '../wire/json-value.ts';
import { protocolMeta, type Era } from '../wire/protocol.ts';
import { openingServerInfo } from './opening-facts.ts';
import { legacyDefinition } from './legacy-definition.ts';
import type { CatalogItem, ItemKind } from './item.ts';
import type { RouteView } from './route-view.ts';
import type { ServerView, Snapshot } from './snapshot.ts';

/** Longest time that a client may keep a list, in milliseconds (03 D6). */
export const LIST_TTL_MS_MAX = 60_000;

/** The four list methods, the kind that each lists, and the field of its result. */
export const listMethods: ReadonlyMap<string, { readonly kind: ItemKind; readonly field: string }> = new Map([
  ['tools/list', { kind: 'tool', field: 'tools' }],
  ['prompts/list', { kind: 'prompt', field: 'prompts' }],
  ['resources/list', { kind: 'resource', field: 'resources' }],
  ['resources/templates/list', { kind: 'template', field: 'resourceTemplates' }],
]);

/** Which list, for whom. */
export interface ListRequest {
  readonly route: RouteView;
  readonly principal: Principal;
  readonly method: string;
  readonly era: Era;
  /** What the gateway says of itself; shown on `/mcp`. */
  readonly serverInfo: JsonObject;
}

/** The result of a list request as bytes: the same ones for callers with equal permissions (04 G-27). */
export function listResult(snapshot: Snapshot, request: ListRequest): Buffer {
  const { route, principal, method, era } = request;
  const key = `${era} ${method} ${route.server ?? ''} ${snapshot.access.of(principal).id}`;
  return snapshot.lists.get(key, () => JSON.stringify(buildResult(snapshot, request)));
}

function buildResult(snapshot: Snapshot, { route, principal, method, era, serverInfo }: ListRequest): JsonObject {
  const list = listMethods.get(method);
  if (list === undefined) throw new RangeError(`${method} is no list method`);
  const items = route.items[list.kind].filter((item) => visible(snapshot, principal, item));
  const servers = [...new Set(items.map(({ server }) => server))].flatMap((name) => snapshot.servers.get(name) ?? []);
  const stale = staleServers(servers);
  const definitions = items.map((item) => shownDefinition(item, route));
  if (era === 'legacy')
    return {
      [list.field]: definitions.map((definition) => legacyDefinition(definition, list.kind)),
      ...(stale === undefined ? {} : { _meta: stale }),
    };
  return {
    resultType: 'complete',
    [list.field]: definitions,
    ttlMs: Math.min(LIST_TTL_MS_MAX, ...servers.flatMap(({ listing }) => listing?.ttlMs ?? [])),
    cacheScope: 'private',
    _meta: { [protocolMeta.serverInfo]: ownInfo(snapshot, route) ?? serverInfo, ...stale },
  };
}

/** The definition as the server sent it; on `/mcp` with its name or URI there, and nothing else changed (03 L7). */
function shownDefinition(item: CatalogItem, route: RouteView): JsonObject {
  if (route.server !== undefined) return item.definition;
  const renamed = { ...item.definition, [FIELDS[item.kind]]: route.nameOf(item) };
  const ui = objectField(objectField(item.definition, '_meta'), 'ui');
  const uri = ui?.['resourceUri'];
  if (typeof uri !== 'string') return renamed;
  const meta = item.definition['_meta'];
  return {
    ...renamed,
    _meta: { ...(isJsonObject(meta) ? meta : {}), ui: { ...ui, resourceUri: route.uris.toWire(item.server, uri) } },
  };
}

/** `_meta["dev.fairlead/stale"]`: which servers' items may be out of date, and since when (04 G-21). */
function staleServers(servers: readonly ServerView[]): JsonObject | undefined {
  const stale = servers.filter(({ status }) => status.staleSince !== undefined);
  if (stale.length === 0) return undefined;
  return {
    [metaKeys.stale]: Object.fromEntries(stale.map(({ name, status }) => [name, status.staleSince?.toISOString()])),
  };
}

/** On a per-server route the server speaks for itself. */
function ownInfo(snapshot: Snapshot, { server }: RouteView): JsonObject | undefined {
  const opening = server === undefined ? undefined : snapshot.servers.get(server)?.listing?.opening;
  return openingServerInfo(opening);
}

const FIELDS = { tool: 'name', prompt: 'name', resource: 'uri', template: 'uriTemplate' } as const;
