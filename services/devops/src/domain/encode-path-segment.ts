/**
 * Turns a value into one segment of a URL path. A value that is `.` or `..`, or becomes so when decoded once or twice,
 * is refused: proxies and frameworks decode again, and the request would reach another path (06 §7, N14).
 *
 * @throws RangeError when the value is empty, a dot segment, or holds a slash, a backslash or a control character at
 *   any depth of decoding. Patterns of the tools refuse these first; this holds for callers that forget.
 */
export function encodePathSegment(value: string): string {
  let decoded = value;
  for (let depth = 0; depth <= 2; depth += 1) {
    if (isUnsafe(decoded)) throw new RangeError('the value cannot be one segment of a path');
    decoded = decodeOnce(decoded);
  }
  return encodeURIComponent(value);
}

function isUnsafe(text: string): boolean {
  return text === '' || text === '.' || text === '..' || /[/\\\p{Cc}]/u.test(text);
}

function decodeOnce(text: string): string {
  return text.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    const bytes = Buffer.from(escapes.replaceAll('%', ''), 'hex');
    return bytes.toString('utf8');
  });
}
