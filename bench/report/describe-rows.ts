import type { BenchRow } from './bench-row.ts';
import { formatNumber } from './format-number.ts';
import { formatTable } from './format-table.ts';
import { judgeRow } from './judge-row.ts';
import { definitionOf, type RowTarget } from './row-definitions.ts';

const heading = ['row', 'ours', 'unit', 'baseline', 'against', 'ratio', 'target', 'verdict', 'spread', ''];

/** Describes the rows of a run as the lines of a table, and below it why some of them are noisy. */
export function describeRows(rows: readonly BenchRow[]): readonly string[] {
  const reasons = new Set(rows.flatMap(({ noisy }) => noisy ?? []));
  return [
    ...formatTable([heading, ...rows.map((row) => cellsOf(row))]),
    ...[...reasons].map((reason) => `noisy: ${reason}. A noisy row says nothing about its target; run it again.`),
  ];
}

function cellsOf(row: BenchRow): readonly string[] {
  const { name, unit, value, baseline, ratio, spread, noisy } = row;
  const definition = definitionOf(name);
  return [
    name,
    formatNumber(value),
    unit,
    baseline === undefined ? '' : formatNumber(baseline),
    definition?.baseline ?? '',
    ratio === undefined ? '' : ratio.toFixed(3),
    describeTarget(definition?.target),
    definition?.target === undefined ? '' : judgeRow(row),
    `${formatNumber(spread.min)}..${formatNumber(spread.max)}`,
    noisy === undefined ? '' : 'noisy',
  ];
}

function describeTarget({ valueMax, ratioMax }: RowTarget = {}): string {
  return [
    ...(valueMax === undefined ? [] : [`<= ${valueMax}`]),
    ...(ratioMax === undefined ? [] : [`<= ${ratioMax} x`]),
  ].join(', ');
}
