import { cleanObject } from '../clean-object.ts';
import { completeDatabases, completeSchemas, completeTables, defaultDatabase } from '../complete-names.ts';
import { defineResource } from '../define-resource.ts';
import { tableUri } from '../domain/schema/table-uri.ts';

const listedMax = 100;

/** One table or view: its columns, keys, indexes and comment. Reads the catalog only. */
export const resource = defineResource({
  name: 'table',
  title: 'Table',
  description: 'Columns, keys, indexes and comment of one table or view.',
  uri: 'db://{database}/{schema}/{table}',
  mimeType: 'application/json',
  permission: 'data:read',
  async list({ databases }, context) {
    const database = defaultDatabase(databases);
    if (database === undefined) return [];
    const { id, schemas } = database.info;
    const page = await database.describe(
      { objectType: 'table', detail: 'summary', schema: schemas[0], limit: listedMax },
      context,
    );
    return page.objects.map((object) => {
      const { schema, name, comment } = cleanObject(object, { context, source: `database:${id}` });
      return {
        uri: tableUri({ database: id, schema: object.schema, table: object.name }),
        name: `${schema}.${name}`,
        mimeType: 'application/json',
        ...(comment !== undefined && { description: comment }),
      };
    });
  },
  async read({ databases }, { database: id = '', schema = '', table = '' }, context) {
    const object = await databases.find(id)?.describeTable({ schema, table }, context);
    if (object === undefined) return undefined;
    const text = JSON.stringify(cleanObject(object, { context, source: `database:${id}` }));
    return [{ uri: context.uri, mimeType: 'application/json', text }];
  },
  complete: {
    database: ({ databases }, prefix) => Promise.resolve(completeDatabases(databases, prefix)),
    schema: ({ databases }, prefix) => Promise.resolve(completeSchemas(databases, prefix)),
    table: ({ databases }, prefix, context) => completeTables(databases, prefix, context),
  },
});
