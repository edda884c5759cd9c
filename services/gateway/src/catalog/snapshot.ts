import type { ServerConfig } from '@fairlead/contracts';
import { AccessIndex } from '../policy/access-index.ts';
import type { BackendStatus } from './backend-status.ts';
import { buildItems, type UnplacedItem } from './build-items.ts';
import type { CatalogItem, DroppedItem } from './item.ts';
import { ListBytes } from './list-bytes.ts';
import { createMergedView, createServerView, type RouteView } from './route-view.ts';
import type { ServerListing } from './server-listing.ts';
import { WIRE_NAME_LENGTH_MAX } from './wire-name.ts';

/** What is known of one server when a snapshot is made. */
export interface ServerState {
  readonly name: string;
  readonly config: ServerConfig;
  readonly status: BackendStatus;
  /** The last good discovery; undefined when there was none. */
  readonly listing: ServerListing | undefined;
}

/** A server in a snapshot. */
export interface ServerView extends ServerState {
  readonly route: RouteView;
  readonly dropped: readonly DroppedItem[];
}

/**
 * Everything that the calls of one epoch see. Immutable: a change makes a new one, and one reference is swapped; a call
 * takes it once and keeps it to its end (04 G-20).
 */
export interface Snapshot {
  readonly epoch: number;
  /** In the order of their names. */
  readonly servers: ReadonlyMap<string, ServerView>;
  /** All items; each lies at its `index`. */
  readonly items: readonly CatalogItem[];
  /** The view of `/mcp`. */
  readonly merged: RouteView;
  readonly access: AccessIndex;
  readonly lists: ListBytes;
}

/** Makes the snapshot of an epoch from what is known of each server. */
export function createSnapshot(epoch: number, states: readonly ServerState[]): Snapshot {
  const sorted = states.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  const placer = createPlacer();
  const servers = new Map(sorted.map((state) => [state.name, placeServer(state, placer)]));
  const items = placer.items;
  const merged = createMergedView(items.filter(({ isMerged }) => isMerged));
  return { epoch, servers, items, merged, access: new AccessIndex(items), lists: new ListBytes() };
}

/** Gives items their index and sees to it that no two have one name on `/mcp`. */
interface Placer {
  readonly items: CatalogItem[];
  place(item: UnplacedItem): { readonly item: CatalogItem; readonly reason: string | undefined };
}

function createPlacer(): Placer {
  const items: CatalogItem[] = [];
  const taken = new Set<string>();
  return {
    items,
    place(unplaced) {
      const { isMerged, reason } = mergedVerdict(unplaced, taken);
      const item = { ...unplaced, isMerged, index: items.length };
      items.push(item);
      if (isMerged) taken.add(`${item.kind} ${item.wireName}`);
      return { item, reason };
    },
  };
}

/** Whether an item is shown on `/mcp`, and if not, why. Of two servers' equal names the first in order keeps it (04 G-28). */
function mergedVerdict(
  { kind, wireName }: UnplacedItem,
  taken: ReadonlySet<string>,
): { readonly isMerged: boolean; readonly reason: string | undefined } {
  if (kind === 'resource') return { isMerged: true, reason: undefined };
  if (taken.has(`${kind} ${wireName}`))
    return { isMerged: false, reason: 'is left out of /mcp: another server has the same name there' };
  if (kind !== 'template' && wireName.length > WIRE_NAME_LENGTH_MAX) {
    return { isMerged: false, reason: `is left out of /mcp: its name there is longer than ${WIRE_NAME_LENGTH_MAX}` };
  }
  return { isMerged: true, reason: undefined };
}

function placeServer(state: ServerState, placer: Placer): ServerView {
  const { name, config, listing } = state;
  const built = listing === undefined ? { items: [], dropped: [] } : buildItems({ name, config, listing });
  const placed = built.items.map((item) => placer.place(item));
  const leftOut = placed.flatMap(({ item, reason }) =>
    reason === undefined ? [] : [{ kind: item.kind, name: item.name, reason }],
  );
  return {
    ...state,
    route: createServerView(
      name,
      placed.map(({ item }) => item),
    ),
    dropped: [...built.dropped, ...leftOut],
  };
}
