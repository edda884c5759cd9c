import type { BenchResults } from './bench-results.ts';
import type { BenchRow } from './bench-row.ts';
import { formatNumber } from './format-number.ts';
import { formatTable } from './format-table.ts';

const heading = ['row', 'before', 'now', 'change', ''];

/**
 * Describes how rows changed since an earlier run, as the lines of a table. Rows with a ratio are compared by it, since
 * the host may be another one; the others by their value. Rows that one of the runs does not have are left out.
 */
export function compareResults(before: BenchResults, now: BenchResults): readonly string[] {
  const old = new Map(before.rows.map((row) => [row.name, row]));
  const pairs = now.rows.flatMap((row) => {
    const earlier = old.get(row.name);
    return earlier === undefined ? [] : [changeOf(earlier, row)];
  });
  return formatTable([heading, ...pairs]);
}

function changeOf(before: BenchRow, now: BenchRow): readonly string[] {
  const hasRatios = before.ratio !== undefined && now.ratio !== undefined;
  const from = hasRatios ? (before.ratio ?? 0) : before.value;
  const to = hasRatios ? (now.ratio ?? 0) : now.value;
  const percent = ((to - from) / Math.abs(from)) * 100;
  const isNoisy = before.noisy !== undefined || now.noisy !== undefined;
  return [
    now.name,
    formatNumber(from),
    formatNumber(to),
    `${percent >= 0 ? '+' : ''}${percent.toFixed(1)} %`,
    [hasRatios ? 'of the ratio' : 'of the value', ...(isNoisy ? ['noisy'] : [])].join(', '),
  ];
}
