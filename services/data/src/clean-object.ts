import type { CallContext } from '@fairlead/server-kit';
import { schemaObject, type SchemaObject } from './domain/schema/schema-object.ts';

/** What an object is cleaned with. */
export interface CleanObjectOptions {
  readonly context: Pick<CallContext, 'clean'>;
  readonly source: string;
}

/** Cleans every text of a described object (06 S-91): names, defaults and comments are written by whoever made the table. */
export function cleanObject(object: SchemaObject, { context, source }: CleanObjectOptions): SchemaObject {
  const text = JSON.stringify(object, (_key, value: unknown) =>
    typeof value === 'string' ? context.clean(value, source) : value,
  );
  return schemaObject.parse(JSON.parse(text));
}
