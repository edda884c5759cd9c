import type { Verdict } from './judge-statement.ts';

/** A value as it leaves: int8, numeric, NaN and infinities are text, bytea is base64, timestamptz is ISO in UTC (06 S-31). */
export type Cell = string | number | boolean | null;

/** A column of a result. Names may be there twice. */
export interface ResultColumn {
  readonly name: string;
  /** As Postgres writes it: `int4`, `timestamptz`, `public.mood`. */
  readonly type: string;
}

/** A statement to run, and which of its rows to take. */
export interface ReadStatement {
  readonly sql: string;
  readonly verdict: Verdict;
  /** Values of `$1..$n`. */
  readonly params: readonly Cell[];
  /** Rows to pass over before the first one that is taken. */
  readonly skip: number;
  readonly rowsMax: number;
  readonly bytesMax: number;
  readonly cellBytesMax: number;
}

/** Rows of one page. */
export interface RowPage {
  readonly columns: readonly ResultColumn[];
  readonly rows: Cell[][];
  /** Why there are more rows than these; `undefined` at the end of the result. */
  readonly cutBy: 'rows' | 'bytes' | undefined;
  /** Cells that were cut at their own limit. */
  readonly cellsCut: number;
}
