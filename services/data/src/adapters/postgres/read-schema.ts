import type { PoolClient } from 'pg';
import { z } from 'zod';
import { schemaObject } from '../../domain/schema/schema-object.ts';
import type { SchemaPage, SchemaQuestion } from '../../domain/schema/schema-question.ts';
import { schemaStatement } from './schema-statements.ts';

const objectRows = z.array(z.object({ object: schemaObject }));

/** Lists objects of the given schemas by fixed statements; what the caller asked for is bound, never pasted (06 S-32). */
export async function readSchema(
  client: PoolClient,
  schemas: readonly string[],
  question: SchemaQuestion,
): Promise<SchemaPage> {
  const { objectType, detail, pattern, schema, table, limit, after } = question;
  // No name holds a NUL, and Postgres takes no text with one.
  if ([pattern, schema, table].some((text) => text?.includes('\0'))) return { objects: [], hasMore: false };
  const wanted = schema === undefined ? schemas : schemas.filter((name) => name === schema);
  const values = [
    wanted,
    pattern ?? null,
    table ?? null,
    after?.schema ?? null,
    after?.name ?? null,
    // One more than asked for, to know whether there are more.
    limit + 1,
    detail !== 'names',
    detail === 'full',
  ];
  const { rows } = await client.query(schemaStatement(objectType), values);
  const objects = objectRows.parse(rows).map((row) => row.object);
  return { objects: objects.slice(0, limit), hasMore: objects.length > limit };
}
