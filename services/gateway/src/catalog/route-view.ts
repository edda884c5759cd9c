import type { CatalogItem, ItemKind } from './item.ts';
import { createUriIndex, type UriIndex } from './uri-index.ts';

/** What one route shows: all servers under prefixed names, or one server under its own names. */
export interface RouteView {
  /** Name of the server of a per-server route; undefined on `/mcp`. */
  readonly server: string | undefined;
  /** Items by kind, in the order of their names here by code point, so that replicas agree (03 L1). */
  readonly items: Readonly<Record<ItemKind, readonly CatalogItem[]>>;
  readonly tools: ReadonlyMap<string, CatalogItem>;
  readonly prompts: ReadonlyMap<string, CatalogItem>;
  readonly uris: UriIndex;
  /** Servers of which a URI is shown under another one here, so that every answer of theirs has to be read. */
  readonly renamedServers: ReadonlySet<string>;
  /** The name or URI of an item on this route. */
  nameOf(item: CatalogItem): string;
}

/** The view of all servers. `items` have distinct wire names. */
export function createMergedView(items: readonly CatalogItem[]): RouteView {
  const uris = createUriIndex(items);
  return createView(undefined, items, {
    uris,
    nameOf: (item) => (item.kind === 'resource' ? uris.toWire(item.server, item.name) : item.wireName),
  });
}

/** The view of one server: nothing is renamed. */
export function createServerView(server: string, items: readonly CatalogItem[]): RouteView {
  return createView(server, items, { uris: createUriIndex(items), nameOf: (item) => item.name });
}

function createView(
  server: string | undefined,
  all: readonly CatalogItem[],
  { uris, nameOf }: Pick<RouteView, 'uris' | 'nameOf'>,
): RouteView {
  const byKind = (kind: ItemKind): readonly CatalogItem[] =>
    all.filter((item) => item.kind === kind).toSorted((one, other) => compareCodePoints(nameOf(one), nameOf(other)));
  const items = {
    tool: byKind('tool'),
    prompt: byKind('prompt'),
    resource: byKind('resource'),
    template: byKind('template'),
  };
  const named = (list: readonly CatalogItem[]): ReadonlyMap<string, CatalogItem> =>
    new Map(list.map((item) => [nameOf(item), item]));
  const renamed = items.resource.filter((item) => nameOf(item) !== item.name);
  return {
    server,
    items,
    tools: named(items.tool),
    prompts: named(items.prompt),
    uris,
    renamedServers: new Set(renamed.map((item) => item.server)),
    nameOf,
  };
}

/** By UTF-16 units, which for the characters of names is by code point. */
function compareCodePoints(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
