import { systemClock } from '@fairlead/server-kit/runtime';
import type { Database, DataDeps, Files } from '../../src/deps.ts';
import type { SchemaObject } from '../../src/domain/schema/schema-object.ts';
import type { SchemaQuestion } from '../../src/domain/schema/schema-question.ts';
import type { ReadStatement, RowPage } from '../../src/domain/sql/row-page.ts';
import { createSqlGuard } from '../../src/domain/sql/sql-guard.ts';
import { smallCatalog } from './small-catalog.ts';

/** What a fake database answers, and what it was asked. */
export interface FakeDatabase extends Database {
  readonly statements: ReadStatement[];
  readonly questions: SchemaQuestion[];
}

/** Answers of a fake database; by default one row, and no objects. */
export interface FakeAnswers {
  readonly id?: string;
  readonly page?: Partial<RowPage>;
  readonly objects?: readonly SchemaObject[];
  readonly hasMore?: boolean;
  /** Thrown by everything that would ask the database. */
  readonly failure?: Error;
}

/** A database that is not there: the port's fake, with the real guard on a small catalog. */
export function createFakeDatabase({
  id = 'main',
  page,
  objects = [],
  hasMore = false,
  failure,
}: FakeAnswers = {}): FakeDatabase {
  const statements: ReadStatement[] = [];
  const questions: SchemaQuestion[] = [];
  const guard = createSqlGuard(smallCatalog);
  const answer = <Value>(value: Value): Promise<Value> =>
    failure === undefined ? Promise.resolve(value) : Promise.reject(failure);
  return {
    statements,
    questions,
    info: { id, description: `The ${id} database.`, schemas: ['public', 'shop'] },
    guard: () => Promise.resolve(guard),
    read(statement) {
      statements.push(statement);
      return answer({ columns: [{ name: 'n', type: 'int4' }], rows: [[1]], cutBy: undefined, cellsCut: 0, ...page });
    },
    describe(question) {
      questions.push(question);
      return answer({
        objects: objects.filter((object) => object.type === question.objectType).slice(0, question.limit),
        hasMore,
      });
    },
    describeTable: ({ schema, table }) =>
      answer(objects.find((object) => object.schema === schema && object.name === table)),
  };
}

/** Deps on fake databases. Without any, none is configured. */
export function fakeDeps(databases: readonly Database[], files?: Files): DataDeps {
  return {
    databases: {
      list: () => databases.map((each) => each.info),
      find: (id) => databases.find((each) => each.info.id === id),
    },
    files,
    limits: { rowsMax: 100, bytesMax: 262_144, cellBytesMax: 4_096, pageOffsetMax: 10_000 },
    clock: systemClock,
  };
}
