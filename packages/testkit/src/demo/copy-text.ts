/** A value of a row on its way into Postgres. */
export type CopyValue = string | number | boolean | null;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Writes one row in the text format of COPY, line end included. */
export function copyText(row: readonly CopyValue[]): string {
  return `${row.map(copyValue).join('\t')}\n`;
}

function copyValue(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  return value.replaceAll(/[\\\n\r\t]/g, (character) => escapes[character] ?? character);
}
