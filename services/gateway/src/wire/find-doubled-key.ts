/** A key that stands twice in one object, and where the second one begins. */
export interface DoubledKey {
  readonly key: string;
  /** Offset in UTF-16 units of the text; for ASCII that is the byte. */
  readonly offset: number;
}

/**
 * Finds the first doubled key of a valid JSON text, for the text of a refusal. Slow: it runs only once a message is
 * known to have one.
 */
export function findDoubledKey(text: string): DoubledKey | undefined {
  const open: Set<string>[] = [];
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (/^\s*:/.test(text.slice(index + token.length, index + token.length + 64))) {
      const key: unknown = JSON.parse(token);
      const seen = open.at(-1);
      if (typeof key !== 'string' || seen === undefined) continue;
      if (seen.has(key)) return { key, offset: index };
      seen.add(key);
    }
  }
  return undefined;
}

/** Strings and brackets. Linear: no alternative can match what another one does. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[[\]{}]/gs;
