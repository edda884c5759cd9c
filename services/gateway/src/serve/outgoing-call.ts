import type { CatalogItem } from '../catalog/item.ts';
import type { ServerView } from '../catalog/snapshot.ts';
import type { CallClass } from '../forward/upstream.ts';
import type { JsonObject } from '../wire/json-value.ts';

/** A call that was decided on, as it goes out. */
export interface OutgoingCall {
  readonly server: ServerView;
  /** What allowed it. */
  readonly rule: string;
  readonly item: CatalogItem | undefined;
  readonly params: JsonObject | undefined;
  /** Name or URI at the server, for `Mcp-Name`. */
  readonly name: string | undefined;
  /** Name or URI as the caller said it, for the record. */
  readonly shownName: string | undefined;
  readonly argsDigest: string | undefined;
  readonly callClass: CallClass;
  readonly isRepeatable: boolean;
  /** Whether it stays open without an end. */
  readonly isStream: boolean;
}
