/**
 * Decodes an `Mcp-Name` or `Mcp-Param-*` value: plain, or `=?base64?...?=` around UTF-8 (SEP-2243).
 *
 * @returns undefined when the base64 is not canonical or not UTF-8: such a value matches nothing.
 */
export function decodeHeaderValue(value: string): string | undefined {
  if (!value.startsWith(PREFIX) || !value.endsWith(SUFFIX)) return value;
  const encoded = value.slice(PREFIX.length, -SUFFIX.length);
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) return undefined;
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

/** Encodes a value for an `Mcp-Name` header: as it is where a header can carry it, else in base64 (03 H3). */
export function encodeHeaderValue(value: string): string {
  if (PLAIN.test(value) && !value.startsWith(PREFIX)) return value;
  return `${PREFIX}${Buffer.from(value, 'utf8').toString('base64')}${SUFFIX}`;
}

const PREFIX = '=?base64?';
const SUFFIX = '?=';
/** Visible ASCII, with spaces inside only: a receiver trims the ends. */
const PLAIN = /^[!-~](?:[ -~]*[!-~])?$/;
