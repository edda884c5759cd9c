/** Writes a name from the catalog as an identifier of SQL: in quotes, with quotes inside doubled. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
