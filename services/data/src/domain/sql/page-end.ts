import type { RowPage } from './row-page.ts';

/** What a page is judged by. */
export interface PageEndOptions {
  /** Rows before this page. */
  readonly skip: number;
  readonly isOrdered: boolean;
  /** Rows that a cursor may skip. */
  readonly pageOffsetMax: number;
  readonly cellBytesMax: number;
}

/** How a page ends: what was left out, whether a cursor leads on, and what to do. */
export interface PageEnd {
  readonly cutBy: 'rows' | 'bytes' | 'chars' | undefined;
  /** Rows that the next page skips; `undefined` when no page can follow. */
  readonly nextSkip: number | undefined;
  readonly notice: string | undefined;
}

/**
 * Decides how a page ends. The next page runs the statement again and skips, so it follows only when the outermost
 * SELECT has an order, and not further than the operator lets a caller skip.
 */
export function pageEnd(page: Pick<RowPage, 'rows' | 'cutBy' | 'cellsCut'>, options: PageEndOptions): PageEnd {
  const cells = page.cellsCut === 0 ? undefined : cellsNotice(page.cellsCut, options.cellBytesMax);
  if (page.cutBy === undefined)
    return { cutBy: cells === undefined ? undefined : 'chars', nextSkip: undefined, notice: cells };
  const nextSkip = options.skip + page.rows.length;
  const canFollow = options.isOrdered && nextSkip <= options.pageOffsetMax;
  const notice = rowsNotice(canFollow, options);
  return {
    cutBy: page.cutBy,
    nextSkip: canFollow ? nextSkip : undefined,
    notice: cells === undefined ? notice : `${notice} ${cells}`,
  };
}

function rowsNotice(canFollow: boolean, { isOrdered, pageOffsetMax }: PageEndOptions): string {
  if (canFollow) return 'There are more rows: pass next_cursor with the same arguments, or narrow with WHERE.';
  if (!isOrdered)
    return 'There are more rows: add ORDER BY to the outermost SELECT to get a cursor, or narrow with WHERE, or aggregate.';
  return `There are more rows, but pages end after ${pageOffsetMax} of them: narrow with WHERE, or go on from the last key.`;
}

function cellsNotice(cellsCut: number, cellBytesMax: number): string {
  const what = cellsCut === 1 ? '1 value was' : `${cellsCut} values were`;
  return `${what} cut at ${cellBytesMax} bytes: select a part with substring(), or fewer columns.`;
}
