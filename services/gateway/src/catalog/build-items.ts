import {
  effect as effectSchema,
  metaKeys,
  permission as permissionSchema,
  type Effect,
  type ServerConfig,
} from '@fairlead/contracts';
import { compileGlob } from '@fairlead/server-kit/identity';
import { objectField, stringField, type JsonObject } from '../wire/json-value.ts';
import { checkItem, type CheckedItem } from './check-item.ts';
import type { CatalogItem, DroppedItem, ItemKind } from './item.ts';
import type { ServerListing } from './server-listing.ts';
import { distinctWireName, wireName } from './wire-name.ts';

/** A server with what its last good discovery found. */
export interface ListedServer {
  readonly name: string;
  readonly config: ServerConfig;
  readonly listing: ServerListing;
}

/** An item before it has its place in a snapshot. */
export type UnplacedItem = Omit<CatalogItem, 'index' | 'isMerged'>;

/** What one server brings into the catalog. */
export interface BuiltItems {
  readonly items: readonly UnplacedItem[];
  readonly dropped: readonly DroppedItem[];
}

const KINDS: readonly ItemKind[] = ['tool', 'prompt', 'resource', 'template'];

/** Turns the lists of one server into catalog items. A bad item and the second of two equal names are dropped with a reason (03 N2, L8). */
export function buildItems(server: ListedServer): BuiltItems {
  const built = KINDS.map((kind) => buildKind(server, kind));
  return { items: built.flatMap(({ items }) => items), dropped: built.flatMap(({ dropped }) => dropped) };
}

function buildKind(server: ListedServer, kind: ItemKind): BuiltItems {
  const items: UnplacedItem[] = [];
  const dropped: DroppedItem[] = [];
  const names = new Set<string>();
  const wireNames = new Set<string>();
  for (const value of server.listing.items[kind]) {
    const checked = checkItem(kind, value);
    if (!checked.ok) dropped.push({ kind, name: checked.name, reason: checked.reason });
    else if (names.has(checked.name)) dropped.push({ kind, name: checked.name, reason: 'is listed twice' });
    else
      items.push(
        toItem(server, {
          ...checked,
          kind,
          wireName: wireNameFor(server, kind, { name: checked.name, taken: wireNames }),
        }),
      );
    names.add(checked.name);
  }
  return { items, dropped };
}

/** A name on `/mcp` that no other item of the server has. */
function wireNameFor(
  { name: server, config }: ListedServer,
  kind: ItemKind,
  { name, taken }: { name: string; taken: Set<string> },
): string {
  if (!hasName(kind) || !config.prefix) return name;
  const first = wireName(server, name);
  const free = taken.has(first) ? distinctWireName(server, name) : first;
  taken.add(free);
  return free;
}

type NamedItem = Extract<CheckedItem, { ok: true }> & { readonly kind: ItemKind; readonly wireName: string };

function toItem(
  { name: server, config }: ListedServer,
  { kind, name, wireName: itemWireName, definition, paramHeaders }: NamedItem,
): UnplacedItem {
  const areaPermission = publishedPermission(config, server, definition);
  const effect = kind === 'tool' ? toolEffect(config, name, definition) : 'read';
  const byName = hasName(kind) ? `${kind}:${itemWireName}` : `resource:${server}:${name}`;
  return {
    kind,
    server,
    name,
    wireName: itemWireName,
    permissions: [...(areaPermission === undefined ? [] : [areaPermission]), byName, `server:${server}`],
    areaPermission,
    effect,
    isRepeatable: effect === 'read' || (config.trust === 'internal' && isIdempotent(definition)),
    definition,
    paramHeaders,
  };
}

function hasName(kind: ItemKind): boolean {
  return kind === 'tool' || kind === 'prompt';
}

/** The `area:verb` that an internal server publishes, if the area is its own; anybody else's claim counts for nothing (04 G-36). */
function publishedPermission(config: ServerConfig, server: string, definition: JsonObject): string | undefined {
  if (config.trust !== 'internal') return undefined;
  const parsed = permissionSchema.safeParse(stringField(objectField(definition, '_meta'), metaKeys.permission));
  return parsed.success && parsed.data.startsWith(`${config.area ?? server}:`) ? parsed.data : undefined;
}

/** What a tool does: as config says, else as an internal server says, else the worst. Annotations are hints and count for nothing. */
function toolEffect(config: ServerConfig, name: string, definition: JsonObject): Effect {
  const configured = Object.entries(config.effects).find(([glob]) => compileGlob(glob)(name));
  if (configured !== undefined) return configured[1];
  if (config.trust !== 'internal') return 'destructive';
  const parsed = effectSchema.safeParse(stringField(objectField(definition, '_meta'), metaKeys.effect));
  return parsed.success ? parsed.data : 'destructive';
}

function isIdempotent(definition: JsonObject): boolean {
  return objectField(definition, 'annotations')?.['idempotentHint'] === true;
}
