import { createHash } from 'node:crypto';

/** Longest name that the protocol allows. */
export const WIRE_NAME_LENGTH_MAX = 128;

/** Stands between a server's name and an item's name. A server's name has no underscore, so the first one splits (04 G-28). */
const SEPARATOR = '__';

/** The name of an item on `/mcp`. Characters outside `[A-Za-z0-9_.-]` become `_`. */
export function wireName(server: string, name: string): string {
  return `${server}${SEPARATOR}${name.replaceAll(/[^A-Za-z0-9_.-]/gu, '_')}`;
}

/** The same, told apart from another item that maps to the same name: `_` and 4 hex digits of the original's SHA-256. */
export function distinctWireName(server: string, name: string): string {
  return `${wireName(server, name)}_${createHash('sha256').update(name).digest('hex').slice(0, 4)}`;
}
