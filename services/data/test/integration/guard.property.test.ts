import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSample, type Sample } from './support/sample-database.ts';
import { stateSql } from './support/sample-schema.ts';
import { allowedStatements, refusedStatements } from './support/sql-cases.ts';

// 09 §5: what the guard admits changes nothing. Behind a superuser, so that no right of the role helps it.
let sample: Sample;

beforeAll(async () => {
  sample = await createSample({ as: 'superuser', database: { roleCheck: 'warn', statementTimeoutMs: 500 } });
});

afterAll(() => sample[Symbol.asyncDispose]());

const short = [...allowedStatements, ...refusedStatements.map(({ sql }) => sql)].filter((sql) => sql.length < 300);
const words = [...new Set(short.flatMap((sql) => sql.split(/(?<=[\s(),;])|(?=[\s(),;])/)))].filter(
  (word) => word.trim() !== '',
);

const mutants = fc
  .tuple(
    fc.constantFrom(...short),
    fc.constantFrom(...short),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...words)), { maxLength: 3 }),
    fc.constantFrom('swap', 'join', 'nest'),
  )
  .map(([first, second, edits, way]) => {
    const mixed =
      way === 'nest'
        ? `select * from (${first}) x, lateral (${second}) y`
        : way === 'join'
          ? `${first} union all ${second}`
          : first;
    const parts = mixed.split(' ');
    for (const [at, word] of edits) parts[at % parts.length] = word;
    return parts.join(' ');
  });

test('a statement made of pieces of good and bad ones is refused or changes nothing', async () => {
  const before = await sample.admin(stateSql);

  await fc.assert(
    fc.asyncProperty(mutants, async (sql) => {
      const result = await sample.query(sql);
      const error = result._meta?.['dev.fairlead/error'];

      expect(error).not.toMatchObject({ code: 'INTERNAL' });
      expect(await sample.admin(stateSql)).toEqual(before);
    }),
    { numRuns: 200 },
  );
}, 120_000);
