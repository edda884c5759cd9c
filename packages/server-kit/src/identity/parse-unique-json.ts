import { isJsonObject, type JsonObject } from './json-object.ts';

/** A string, with the colon that makes it a key, or the start or end of an object. Matches in one pass. */
const landmark = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;

/**
 * Parses a JSON object in which no object has a key twice, at any depth. Which of two equal keys counts differs between
 * parsers, so a doubled claim would mean one thing to a proxy and another to us (06 N11).
 *
 * Returns undefined for anything else.
 */
export function parseUniqueJson(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) && !hasRepeatedKey(text) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Expects valid JSON. */
function hasRepeatedKey(text: string): boolean {
  const open: Set<unknown>[] = [];
  for (const [token, colon] of text.matchAll(landmark)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon !== undefined && isRepeated(token.slice(0, -colon.length), open.at(-1))) return true;
  }
  return false;
}

function isRepeated(quotedKey: string, keys: Set<unknown> | undefined): boolean {
  if (keys === undefined) return false;
  // Parsed, since `"\u0073ub"` is the key `sub` too.
  const key: unknown = JSON.parse(quotedKey);
  if (keys.has(key)) return true;
  keys.add(key);
  return false;
}
