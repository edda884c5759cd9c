/** Types that a collection may declare for a metadata field. Only declared fields can be filtered (07 A-21). */
export const fieldTypes = ['keyword', 'integer', 'float', 'bool', 'datetime'] as const;
export type FieldType = (typeof fieldTypes)[number];

/** A metadata value as callers write it. */
export type Scalar = string | number | boolean;
export type Metadata = Readonly<Record<string, Scalar>>;

/** What a caller decides about a collection when it is made. */
export interface CollectionDraft {
  readonly name: string;
  readonly description: string;
  /** Id of the embedder, such as `lexical-hash-v1`: vectors of two embedders are never mixed (07 A-28). */
  readonly embedder: string;
  readonly dims: number;
  readonly fields: Readonly<Record<string, FieldType>>;
  /** `shared`: every tenant reads it, its own tenant writes it. */
  readonly visibility: 'tenant' | 'shared';
}

/** A collection as it is stored. */
export interface Collection extends CollectionDraft {
  readonly id: number;
  /** Whether the caller's tenant owns it; another tenant's shared collection can be read only. */
  readonly isOwn: boolean;
  readonly documents: number;
  readonly chunks: number;
  readonly updatedAt: Date;
}

/** Whether creating `draft` again would change nothing. */
export function isSameCollection(existing: CollectionDraft, draft: CollectionDraft): boolean {
  return canonical(existing) === canonical(draft);
}

function canonical({ name, description, embedder, dims, fields, visibility }: CollectionDraft): string {
  const sortedFields = Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([name, description, embedder, dims, sortedFields, visibility]);
}
