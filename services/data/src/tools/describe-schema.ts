import { z } from 'zod';
import { chooseDatabase } from '../choose-database.ts';
import { cleanObject } from '../clean-object.ts';
import { defineTool } from '../define-tool.ts';
import { isLikePattern } from '../domain/schema/is-like-pattern.ts';
import { objectTypes, schemaObject } from '../domain/schema/schema-object.ts';
import { detailLevels } from '../domain/schema/schema-question.ts';
import { writeObject } from '../domain/schema/write-object.ts';
import { cursorField, databaseField } from '../input-fields.ts';

const objectsMax = 200;
const position = z.strictObject({ schema: z.string(), name: z.string() });

/** Lists or describes what a database holds, as far as its role may read it. Reads the catalog only, no row of a table. */
export const tool = defineTool({
  name: 'describe_schema',
  title: 'Describe schema',
  description: 'List or describe schemas, tables, columns, indexes and functions.',
  permission: 'data:read',
  toolset: 'schema',
  effect: 'read',
  parts: 'page',
  input: z.strictObject({
    object_type: z.enum(objectTypes),
    pattern: z
      .string()
      .min(1)
      .max(128)
      .refine(isLikePattern, 'ends in a backslash, which takes the next character as it is; write two for one')
      .optional()
      .describe('LIKE pattern over names; % is any text.'),
    schema: z.string().min(1).max(63).optional().describe('Only this schema.'),
    table: z.string().min(1).max(63).optional().describe('Only the columns, indexes and constraints of this table.'),
    detail: z.enum(detailLevels).default('names').describe('full has columns, keys and indexes.'),
    database: databaseField,
    limit: z.int().min(1).default(50),
    cursor: cursorField,
  }),
  output: z.object({ objects: z.array(schemaObject) }),
  clamped: { limit: objectsMax },
  text: ({ objects }) => (objects.length === 0 ? 'Nothing matches.' : objects.map(writeObject).join('\n')),
  async run({ databases }, { object_type: objectType, database: id, cursor, ...question }, context) {
    const database = chooseDatabase(databases, id);
    const after = cursor === undefined ? undefined : context.cursors.open(cursor, position);
    const { objects, hasMore } = await database.describe({ ...question, objectType, after }, context);
    const last = objects.at(-1);
    return {
      objects: objects.map((object) => cleanObject(object, { context, source: `database:${database.info.id}` })),
      truncated: hasMore,
      ...(hasMore && {
        truncated_by: 'rows' as const,
        next_cursor: context.cursors.seal({ schema: last?.schema ?? '', name: last?.name ?? '' }),
        notice: 'There are more objects: pass next_cursor with the same arguments, or narrow with pattern or schema.',
      }),
    };
  },
});
