import { InvalidInput } from '@fairlead/server-kit/runtime';
import type { PageQuery } from './admin-schemas.ts';

/** One page of a list, and the cursor of the next. */
export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly nextCursor: string | undefined;
}

/**
 * Cuts the page that follows a cursor out of a list that is ordered by key. A cursor is the key of the last entry that
 * was shown, so entries that come and go in between make neither a gap nor a double.
 *
 * @throws InvalidInput when the cursor is not one.
 */
export function pageOf<Entry>(
  all: readonly Entry[],
  keyOf: (entry: Entry) => string,
  { limit, cursor }: PageQuery,
): Page<Entry> {
  const after = cursor === undefined ? '' : decode(cursor);
  const rest = all
    .toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    .filter((entry) => keyOf(entry) > after);
  const entries = rest.slice(0, limit);
  const last = entries.at(-1);
  const nextCursor =
    rest.length > limit && last !== undefined ? Buffer.from(keyOf(last), 'utf8').toString('base64url') : undefined;
  return { entries, nextCursor };
}

function decode(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (Buffer.from(key, 'utf8').toString('base64url') === cursor) return key;
  throw new InvalidInput('INPUT_INVALID', { publicMessage: 'cursor: is not one of this list. Begin without it.' });
}
