import type { PromptMessage } from '@fairlead/server-kit';
import { z } from 'zod';
import { chooseDatabase } from '../choose-database.ts';
import { cleanObject } from '../clean-object.ts';
import { completeDatabases, completeTables } from '../complete-names.ts';
import { definePrompt } from '../define-prompt.ts';
import type { Caller, Database } from '../deps.ts';
import type { SchemaObject } from '../domain/schema/schema-object.ts';
import { suggestStatements } from '../domain/schema/suggest-statements.ts';
import { parseTableName } from '../domain/schema/table-name.ts';
import { tableUri } from '../domain/schema/table-uri.ts';
import { invalidArgument } from '../invalid-argument.ts';

/** Brings a table's description and three first statements into a conversation. */
export const prompt = definePrompt({
  name: 'analyze_table',
  title: 'Analyze table',
  description: 'Look into one table: its description and three statements to begin with.',
  permission: 'data:read',
  arguments: z.strictObject({
    table: z.string().min(1).max(127).describe('Name of a table or view, such as orders or shop.orders.'),
    database: z.string().max(32).optional().describe('Id from list_databases. Default: the first one.'),
  }),
  async render({ databases }, { table, database: id }, context) {
    const database = chooseDatabase(databases, id);
    const found = await findTable(database, table, context);
    return messages(database.info.id, cleanObject(found, { context, source: `database:${database.info.id}` }));
  },
  complete: {
    table: ({ databases }, prefix, context) => completeTables(databases, prefix, context),
    database: ({ databases }, prefix) => Promise.resolve(completeDatabases(databases, prefix)),
  },
});

async function findTable(database: Database, text: string, caller: Caller): Promise<SchemaObject> {
  const { schema, table } = parseTableName(text);
  for (const place of schema === undefined ? database.info.schemas : [schema]) {
    const found = await database.describeTable({ schema: place, table }, caller);
    if (found !== undefined) return found;
  }
  throw invalidArgument(
    'table',
    `there is no table ${JSON.stringify(text)} that may be read. Call describe_schema for the names.`,
  );
}

function messages(database: string, table: SchemaObject): readonly PromptMessage[] {
  const uri = tableUri({ database, schema: table.schema, table: table.name });
  const statements = suggestStatements(table).map((statement, index) => `${index + 1}. ${statement}`);
  const text = [
    `Analyze the table ${table.schema}.${table.name} of the database ${database}. Its description is attached.`,
    'Begin with these statements, one call of query_database each:',
    ...statements,
    'Then say what the table holds, how the rows spread, and what looks wrong or missing.',
  ].join('\n');
  return [
    {
      role: 'user',
      content: { type: 'resource', resource: { uri, mimeType: 'application/json', text: JSON.stringify(table) } },
    },
    { role: 'user', content: { type: 'text', text } },
  ];
}
