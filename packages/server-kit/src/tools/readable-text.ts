const LINE_CHARS_MAX = 240;
const ITEMS_SHOWN_MAX = 100;

/** Which text block a call gets: a readable form, or one line for clients that read the structure (05 T-41). */
export type TextMode = 'full' | 'summary';

/**
 * A readable form of a structured output: one line per field, one per item of a list, at most 240 characters each. Never
 * the same JSON a second time (05 T-40).
 */
export function readableText(output: Readonly<Record<string, unknown>>, mode: TextMode): string {
  const entries = Object.entries(output).filter(([, value]) => value !== undefined);
  if (mode === 'summary') return cut(entries.map(([key, value]) => `${key}: ${brief(value)}`).join(', '));
  return entries.flatMap(([key, value]) => linesOf(key, value)).join('\n');
}

function linesOf(key: string, value: unknown): string[] {
  if (!Array.isArray(value)) return [cut(`${key}: ${inline(value)}`)];
  if (value.length === 0) return [`${key}: none`];
  const lines = value.slice(0, ITEMS_SHOWN_MAX).map((item) => cut(`- ${inline(item)}`));
  const rest = value.length > ITEMS_SHOWN_MAX ? [`- and ${value.length - ITEMS_SHOWN_MAX} more`] : [];
  return [`${key}:`, ...lines, ...rest];
}

function inline(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.map(inline).join(', ');
  if (typeof value !== 'object') return `${value as string | number | boolean}`;
  return Object.entries(value)
    .filter(([, part]) => part !== undefined && part !== null)
    .map(([key, part]) => `${key}=${inline(part)}`)
    .join(' ');
}

function brief(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} items`;
  return typeof value === 'object' && value !== null ? `${Object.keys(value).length} fields` : inline(value);
}

function cut(line: string): string {
  return line.length <= LINE_CHARS_MAX
    ? line
    : `${line.slice(0, LINE_CHARS_MAX)} [+${line.length - LINE_CHARS_MAX} chars]`;
}
