import { objectField, stringField, type JsonObject } from '../wire/json-value.ts';
import type { Era } from '../wire/protocol.ts';
import { openLegacySession, openSession, type ControlSession, type SendControl } from '../forward/control-session.ts';
import { askableAtAll } from '../forward/bridge/askable.ts';
import type { ItemKind } from './item.ts';
import { listMethods } from './list-result.ts';
import type { ServerListing } from './server-listing.ts';

/** Most pages and most items of one list (03 L2, 04 G-23). */
const PAGES_MAX = 100;
const ITEMS_MAX: Readonly<Record<ItemKind, number>> = {
  tool: 2_000,
  prompt: 10_000,
  resource: 10_000,
  template: 10_000,
};

/** What a discovery needs. */
export interface DiscoverOptions {
  readonly send: SendControl;
  readonly clientInfo: JsonObject;
  /** Era of the last discovery, if it may still be relied on; absent: probe. */
  readonly knownEra?: Era | undefined;
  /** The lists before, which stay where one is refused now. */
  readonly previous?: ServerListing | undefined;
}

/**
 * Asks a server what it offers: all lists that it has, all pages. A list that is refused costs itself only.
 *
 * @throws DiscoveryFailure, ControlFailure when the server does not answer at all.
 */
export async function discoverServer({
  send,
  clientInfo,
  knownEra,
  previous,
}: DiscoverOptions): Promise<ServerListing> {
  const session =
    knownEra === 'legacy'
      ? await openLegacySession(send, clientInfo, askableAtAll)
      : await openSession(send, clientInfo, askableAtAll);
  const capabilities = objectField(session.opening, 'capabilities') ?? {};
  const lists = await Promise.all(
    [...listMethods].map(([method, { kind, field }]) => readList(session, { method, kind, field, capabilities })),
  );
  await session.close();
  const items = Object.fromEntries(lists.map(({ kind, values }) => [kind, values ?? previous?.items[kind] ?? []]));
  const ttls = lists.flatMap(({ ttlMs }) => ttlMs ?? []);
  return {
    era: session.era,
    serves: session.serves,
    keepsSessions: session.sessionId !== undefined,
    opening: session.opening,
    capabilities,
    items: {
      tool: items['tool'] ?? [],
      prompt: items['prompt'] ?? [],
      resource: items['resource'] ?? [],
      template: items['template'] ?? [],
    },
    notices: lists.flatMap(({ notice }) => notice ?? []),
    ttlMs: ttls.length === 0 ? undefined : Math.min(...ttls),
  };
}

interface ListToRead {
  readonly method: string;
  readonly kind: ItemKind;
  readonly field: string;
  readonly capabilities: JsonObject;
}

interface ReadList {
  readonly kind: ItemKind;
  /** Undefined when the list was refused. */
  readonly values: readonly unknown[] | undefined;
  readonly notice: string | undefined;
  readonly ttlMs: number | undefined;
}

async function readList(session: ControlSession, { method, kind, field, capabilities }: ListToRead): Promise<ReadList> {
  if (!(CAPABILITIES[kind] in capabilities)) return { kind, values: [], notice: undefined, ttlMs: undefined };
  const values: unknown[] = [];
  const cursors = new Set<string>();
  let cursor: string | undefined;
  let ttlMs: number | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await session.request(method, cursor === undefined ? {} : { cursor });
    const result = objectField(answer, 'result');
    if (result === undefined) return refusedList(kind, method, answer);
    ttlMs = shorter(ttlMs, result['ttlMs']);
    const pageValues = result[field];
    if (Array.isArray(pageValues)) values.push(...pageValues);
    cursor = stringField(result, 'nextCursor');
    if (values.length > ITEMS_MAX[kind])
      return {
        kind,
        values: values.slice(0, ITEMS_MAX[kind]),
        notice: `${method}: cut at ${ITEMS_MAX[kind]} items`,
        ttlMs,
      };
    if (cursor === undefined) return { kind, values, notice: undefined, ttlMs };
    if (cursors.has(cursor)) return { kind, values, notice: `${method}: cut, a cursor came twice`, ttlMs };
    cursors.add(cursor);
  }
  return { kind, values, notice: `${method}: cut at ${PAGES_MAX} pages`, ttlMs };
}

/** A server without a method has an empty list; any other error leaves the list before. */
function refusedList(kind: ItemKind, method: string, answer: JsonObject): ReadList {
  const code = objectField(answer, 'error')?.['code'];
  if (code === METHOD_NOT_FOUND) return { kind, values: [], notice: undefined, ttlMs: undefined };
  return { kind, values: undefined, notice: `${method}: refused with ${String(code)}`, ttlMs: undefined };
}

function shorter(one: number | undefined, other: unknown): number | undefined {
  if (typeof other !== 'number' || !(other >= 0)) return one;
  return one === undefined ? other : Math.min(one, other);
}

/** The capability that says that a server has a list. */
const CAPABILITIES: Readonly<Record<ItemKind, string>> = {
  tool: 'tools',
  prompt: 'prompts',
  resource: 'resources',
  template: 'resources',
};
const METHOD_NOT_FOUND = -32601;
