import type { FieldType } from '../collection.ts';

/** A value in the form in which stores compare it: datetimes are milliseconds since 1970, bools are 0 and 1. */
export type FilterValue = string | number;

/** Bounds of a range. */
export interface FilterRange {
  readonly gt?: FilterValue | undefined;
  readonly gte?: FilterValue | undefined;
  readonly lt?: FilterValue | undefined;
  readonly lte?: FilterValue | undefined;
}

/**
 * A checked filter: a tree of predicates over one document. A field that the document lacks makes every comparison
 * false, so that it matches `empty` and `not` only (05 §9.2).
 */
export type Filter =
  | { readonly kind: 'all'; readonly of: readonly Filter[] }
  | { readonly kind: 'any'; readonly of: readonly Filter[] }
  | { readonly kind: 'not'; readonly of: Filter }
  | { readonly kind: 'in'; readonly field: string; readonly values: readonly FilterValue[] }
  | { readonly kind: 'notIn'; readonly field: string; readonly values: readonly FilterValue[] }
  | { readonly kind: 'range'; readonly field: string; readonly range: FilterRange }
  | { readonly kind: 'empty'; readonly field: string; readonly isEmpty: boolean }
  | { readonly kind: 'ids'; readonly ids: readonly string[] };

/** Fields that a collection declares. */
export type DeclaredFields = Readonly<Record<string, FieldType>>;
