import type { JsonObject } from '../wire/json-value.ts';
import type { Era } from '../wire/protocol.ts';
import type { ItemKind } from './item.ts';

/** What one discovery of a server found: the raw lists, and what the server says of itself. */
export interface ServerListing {
  /** The era in which it was discovered. */
  readonly era: Era;
  /** Eras of clients that it takes. */
  readonly serves: readonly Era[];
  /** Whether it keeps a session for each older client, and takes no call without one. */
  readonly keepsSessions: boolean;
  /** Its `server/discover` result, or its `initialize` result. */
  readonly opening: JsonObject;
  readonly capabilities: JsonObject;
  readonly items: Readonly<Record<ItemKind, readonly unknown[]>>;
  /** Lists that were cut or refused, in words. */
  readonly notices: readonly string[];
  /** Shortest `ttlMs` of the lists; absent when none named one. */
  readonly ttlMs: number | undefined;
}
