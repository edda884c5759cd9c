/** Lists targets, each with what may be done to it: `acme/shop (read, write)`. Sorted, so that two answers compare. */
export function describeScope(readable: readonly string[], writable: readonly string[]): readonly string[] {
  const targets = [...new Set([...readable, ...writable])];
  return targets.toSorted().map((target) => `${target} (${[...rights(target, readable, writable)].join(', ')})`);
}

function* rights(target: string, readable: readonly string[], writable: readonly string[]): Generator<string> {
  if (readable.includes(target)) yield 'read';
  if (writable.includes(target)) yield 'write';
}
