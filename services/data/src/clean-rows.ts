import type { CallContext } from '@fairlead/server-kit';
import type { Cell } from './domain/sql/row-page.ts';

/** Printable ASCII without `&`, which can begin a character reference: text that cleaning would not change. */
const plain = /^[\t\n\u0020-\u0025\u0027-\u007E]*$/;

/** What cells are cleaned with. */
export interface CleanRowsOptions {
  readonly context: Pick<CallContext, 'clean' | 'label'>;
  readonly source: string;
}

/**
 * Cleans the cells of a result in place (06 S-91): values of a database are outside text. Only cells that may need it
 * are looked at closely; of 800 usual cells that is none. The result is labelled either way.
 */
export function cleanRows(rows: Cell[][], { context, source }: CleanRowsOptions): Cell[][] {
  context.label({ integrity: 'untrusted', source });
  for (const row of rows) {
    for (let index = 0; index < row.length; index += 1) {
      const cell = row[index];
      if (typeof cell === 'string' && !plain.test(cell)) row[index] = context.clean(cell, source);
    }
  }
  return rows;
}
