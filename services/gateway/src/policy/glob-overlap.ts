/**
 * Whether a permission glob may match a text that begins with `prefix`. Looks at the literal start of both only, so it
 * may say yes where no such text exists, never no where one does.
 */
export function mayMatchPrefix(glob: string, prefix: string): boolean {
  const star = glob.indexOf('*');
  if (star === -1) return glob.startsWith(prefix);
  const literal = glob.slice(0, star);
  return literal.startsWith(prefix) || prefix.startsWith(literal);
}
