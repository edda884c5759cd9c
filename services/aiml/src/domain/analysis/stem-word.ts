/**
 * Strips the common endings of an English word (plural, -ing, -ed, final e), so that "queries" finds "query" and
 * "caching" finds "cache". Light on purpose: it never looks a word up and leaves words of other alphabets alone.
 */
export function stemWord(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  const singular = stripPlural(word);
  const root = stripVerbEnding(singular);
  return root.length > 3 && root.endsWith('e') ? root.slice(0, -1) : root;
}

function stripPlural(word: string): string {
  if (word.endsWith('ies') && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:[xz]|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return /[^isu]s$/.test(word) ? word.slice(0, -1) : word;
}

function stripVerbEnding(word: string): string {
  if (word.endsWith('eed')) return word;
  const root = /^(.{3,})(?:ing|ed)$/.exec(word)?.[1];
  if (root === undefined || !/[aeiouy]/.test(root)) return word;
  // "running" -> "run", but "falling" -> "fall" and "adding" -> "add".
  return root.length > 3 && /([^aeioulsz])\1$/.test(root) ? root.slice(0, -1) : root;
}
