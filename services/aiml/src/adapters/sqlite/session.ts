import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';

/** One row, column by column. */
export type Row = Readonly<Record<string, null | number | bigint | string | Uint8Array>>;

/** Statements that stay prepared. Filters make new texts, so that there is a bound. */
const statementsMax = 200;

/** A connection with its prepared statements. One thread uses it. */
export class Session {
  readonly database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(database: DatabaseSync) {
    this.database = database;
  }

  all(sql: string, ...values: readonly SQLInputValue[]): readonly Row[] {
    return this.#prepared(sql).all(...values);
  }

  first(sql: string, ...values: readonly SQLInputValue[]): Row | undefined {
    return this.#prepared(sql).get(...values);
  }

  /** Runs a change and returns the number of rows that it touched. */
  run(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).changes);
  }

  /** Runs an insert and returns the new row's id. */
  insert(sql: string, ...values: readonly SQLInputValue[]): number {
    return Number(this.#prepared(sql).run(...values).lastInsertRowid);
  }

  /** Does all of `work`, or nothing of it. */
  transaction<Result>(work: () => Result): Result {
    this.database.exec('begin immediate');
    try {
      const result = work();
      this.database.exec('commit');
      return result;
    } catch (error) {
      // A full disk has already rolled the transaction back.
      if (this.database.isTransaction) this.database.exec('rollback');
      throw error;
    }
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= statementsMax) this.#statements.clear();
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
