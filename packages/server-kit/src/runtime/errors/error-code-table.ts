/** What the registry knows of one error code. */
export interface ErrorCodeEntry {
  /** HTTP status when the error leaves over plain HTTP. */
  readonly status: number;
  readonly retryable: boolean;
  /** One sentence for the reference: when it happens. */
  readonly docs: string;
}

/** Error codes, `AREA_REASON`, and what they mean. One table per package; `docs/reference/errors.md` is made of all. */
export type ErrorCodeTable = Readonly<Record<string, ErrorCodeEntry>>;

/** Declares the error codes of a package. */
export function defineErrorCodes<const Table extends ErrorCodeTable>(table: Table): Table {
  return Object.freeze(table);
}
