import { z } from 'zod';

/** Kinds of things that a schema can be asked for. */
export const objectTypes = [
  'schema',
  'table',
  'view',
  'materialized_view',
  'column',
  'index',
  'constraint',
  'function',
] as const;
export type ObjectType = (typeof objectTypes)[number];

/** One column of a table or view, in the words of Postgres. */
const columnDescription = z.object({
  name: z.string(),
  type: z.string().optional(),
  nullable: z.boolean().optional(),
  default: z.string().optional(),
  comment: z.string().optional(),
});
export type ColumnDescription = z.infer<typeof columnDescription>;

/** A foreign key: its columns, and what they point to. */
const foreignKeyDescription = z.object({
  columns: z.array(z.string()),
  references: z.string(),
  referenced_columns: z.array(z.string()),
});

/** An index and the statement that would make it. */
const indexDescription = z.object({ name: z.string(), definition: z.string() });

/** One object of a schema. What it holds beside its name depends on its type and on the detail asked for. */
export const schemaObject = z.object({
  type: z.enum(objectTypes),
  schema: z.string(),
  name: z.string(),
  columns: z.array(columnDescription).optional(),
  primary_key: z.array(z.string()).optional(),
  foreign_keys: z.array(foreignKeyDescription).optional(),
  indexes: z.array(indexDescription).optional(),
  row_estimate: z.number().optional(),
  comment: z.string().optional(),
});
export type SchemaObject = z.infer<typeof schemaObject>;
