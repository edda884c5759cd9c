/**
 * Takes the lines that a citation's fragment names, `L40-L58` or `L40`, both ends included. Without a fragment: all.
 * `undefined` when the fragment is of another form or begins after the last line.
 */
export function selectLines(text: string, fragment: string | undefined): string | undefined {
  if (fragment === undefined || fragment === '') return text;
  const [, first, last = first] = /^L([1-9]\d{0,8})(?:-L([1-9]\d{0,8}))?$/.exec(fragment) ?? [];
  if (first === undefined || Number(last) < Number(first)) return undefined;
  const lines = text.split('\n').slice(Number(first) - 1, Number(last));
  return lines.length === 0 ? undefined : lines.join('\n');
}
