import type { ObjectType, SchemaObject } from './schema-object.ts';

/** How much to tell of an object: its name; its estimate and comment too; everything. */
export const detailLevels = ['names', 'summary', 'full'] as const;
export type DetailLevel = (typeof detailLevels)[number];

/** Place in a list of objects, which is ordered by schema and name. */
export interface SchemaPosition {
  readonly schema: string;
  readonly name: string;
}

/** Which objects to list. */
export interface SchemaQuestion {
  readonly objectType: ObjectType;
  readonly detail: DetailLevel;
  /** LIKE pattern over names. */
  readonly pattern?: string | undefined;
  readonly schema?: string | undefined;
  /** Only the columns, indexes and constraints of this table. */
  readonly table?: string | undefined;
  readonly limit: number;
  /** The last object of the page before. */
  readonly after?: SchemaPosition | undefined;
}

/** Objects of one page. */
export interface SchemaPage {
  readonly objects: readonly SchemaObject[];
  /** Whether there are more after these. */
  readonly hasMore: boolean;
}
