import { z } from 'zod';
import { noDatabase } from '../choose-database.ts';
import { defineTool } from '../define-tool.ts';

/** Lists the configured databases. Answers from the settings; no database is asked. */
export const tool = defineTool({
  name: 'list_databases',
  title: 'List databases',
  description: 'List the databases you may use.',
  permission: 'data:read',
  toolset: 'query',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({
    databases: z.array(
      z.object({
        id: z.string(),
        description: z.string(),
        dialect: z.literal('postgresql'),
        default: z.boolean(),
        schemas: z.array(z.string()),
      }),
    ),
  }),
  text: ({ databases }) =>
    databases
      .map((each) => `${each.id}${each.default ? ' (default)' : ''}: ${each.description} [${each.schemas.join(', ')}]`)
      .join('\n'),
  run({ databases }) {
    const known = databases.list();
    if (known.length === 0) return Promise.reject(noDatabase());
    const listed = known.map(({ id, description, schemas }, index) => ({
      id,
      description,
      dialect: 'postgresql' as const,
      default: index === 0,
      schemas: [...schemas],
    }));
    return Promise.resolve({ databases: listed });
  },
});
