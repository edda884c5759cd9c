import type { Effect } from '@fairlead/contracts';
import type { JsonObject } from '../wire/json-value.ts';
import type { ParamHeader } from './param-headers.ts';

export type ItemKind = 'tool' | 'prompt' | 'resource' | 'template';

/** One thing that a server offers, as the catalog knows it. */
export interface CatalogItem {
  /** Its place in the snapshot: the bit that an access set holds for it. */
  readonly index: number;
  readonly kind: ItemKind;
  /** Name of its server in the config. */
  readonly server: string;
  /** The server's own name for it: a tool's or prompt's name, a resource's URI, a template's URI template. */
  readonly name: string;
  /** Its name on `/mcp`: `<server>__<name>`, or the URI that clients see there. */
  readonly wireName: string;
  /** Whether `/mcp` shows it: not when its name there is too long or taken. */
  readonly isMerged: boolean;
  /** Permissions of which one must be held: `area:verb`, then by name, then by server (04 G-35). */
  readonly permissions: readonly string[];
  /** `area:verb` as an internal server published it; absent for all others (04 G-36). */
  readonly areaPermission: string | undefined;
  readonly effect: Effect;
  /** Whether calling twice does no harm: it may then be tried again when no byte of an answer came (04 G-75). */
  readonly isRepeatable: boolean;
  /** The item as the server sent it. */
  readonly definition: JsonObject;
  /** Arguments that a modern client repeats in headers (SEP-2243); empty for all but tools. */
  readonly paramHeaders: readonly ParamHeader[];
}

/** An item that is left out, and why: shown in the server's status (04 G-24). */
export interface DroppedItem {
  readonly kind: ItemKind;
  readonly name: string;
  readonly reason: string;
}
