import type { Principal } from '@fairlead/contracts';
import type { Clock } from '@fairlead/server-kit/runtime';
import type { LineRange, TextWindow } from './domain/files/text-window.ts';
import type { FoundFiles, FileSearch } from './domain/files/file-search.ts';
import type { SchemaObject } from './domain/schema/schema-object.ts';
import type { SchemaQuestion, SchemaPage } from './domain/schema/schema-question.ts';
import type { ReadStatement, RowPage } from './domain/sql/row-page.ts';
import type { SqlGuard } from './domain/sql/sql-guard.ts';

/** Who asks, and when to stop. */
export interface Caller {
  readonly principal: Principal;
  readonly signal: AbortSignal;
}

/** A database as callers may know it. */
export interface DatabaseInfo {
  readonly id: string;
  readonly description: string;
  /** Schemas that may be read, in the order of the search path. */
  readonly schemas: readonly string[];
}

/** One database that can be read. */
export interface Database {
  readonly info: DatabaseInfo;
  /** The guard for the database's catalog as it is now; at most ten minutes old. */
  guard(): Promise<SqlGuard>;
  /** Runs a statement that the guard has let pass, in a read-only transaction that is rolled back. */
  read(statement: ReadStatement, caller: Caller): Promise<RowPage>;
  /** Lists objects of the schemas, as far as the role may read them. */
  describe(question: SchemaQuestion, caller: Caller): Promise<SchemaPage>;
  /** Describes one table or view in full; `undefined` when there is none that may be read. */
  describeTable(
    name: { readonly schema: string; readonly table: string },
    caller: Caller,
  ): Promise<SchemaObject | undefined>;
}

/** The databases of this server. */
export interface Databases {
  /** In the order of the settings; the first is the default. Empty: none is configured. */
  list(): readonly DatabaseInfo[];
  find(id: string): Database | undefined;
}

/** Files below the configured roots. */
export interface Files {
  /** @throws Refusal of a `FILE_` code. */
  readLines(path: string, range: LineRange, signal: AbortSignal): Promise<TextWindow>;
  find(search: FileSearch, signal: AbortSignal): Promise<FoundFiles>;
}

/** Operator's caps on one answer of query_database. */
export interface QueryLimits {
  readonly rowsMax: number;
  readonly bytesMax: number;
  readonly cellBytesMax: number;
  /** Rows that a cursor may skip. */
  readonly pageOffsetMax: number;
}

/** What the tools, resources and prompts of this service use. */
export interface DataDeps {
  readonly databases: Databases;
  /** Absent: no root is configured. */
  readonly files: Files | undefined;
  readonly limits: QueryLimits;
  readonly clock: Pick<Clock, 'monotonicMs'>;
}
