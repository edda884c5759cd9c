import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Row } from './judge-cell.ts';

const file = fileURLToPath(new URL('../../conformance.json', import.meta.url));
const columns = ['lane', 'revision', 'backend', 'required', 'excused', 'unscored'] as const;

/**
 * Keeps the table of the cells that ran as `conformance.json` in the repository's root, and answers it as text (03 CF-07).
 * The text goes to `shownFile` as well, from which `npm test` prints it.
 */
export async function keepTable(rows: readonly Row[], shownFile?: string): Promise<string> {
  const sorted = rows.toSorted((one, other) => keyOf(one).localeCompare(keyOf(other)));
  await writeFile(file, `${JSON.stringify(sorted, null, 2)}\n`);
  const text = `${toText([columns, ...sorted.map(toCells)])}\n`;
  if (shownFile !== undefined) await writeFile(shownFile, text);
  return text;
}

function keyOf({ lane, revision, backend }: Row): string {
  return `${lane} ${revision} ${backend}`;
}

function toCells({
  lane,
  revision,
  backend,
  passed,
  required,
  excused,
  unscored,
  unscoredPassed,
}: Row): readonly string[] {
  return [lane, revision, backend, `${passed}/${required}`, String(excused), `${unscoredPassed}/${unscored}`];
}

function toText(lines: readonly (readonly string[])[]): string {
  const widths = columns.map((_name, index) => Math.max(...lines.map((line) => (line[index] ?? '').length)));
  const widen = (cell: string, index: number): string => cell.padEnd(widths[index] ?? 0);
  return lines.map((line) => line.map(widen).join('  ').trimEnd()).join('\n');
}
