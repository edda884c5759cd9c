import type { Metadata } from '../collection.ts';
import { fieldTypeWords, toFilterValue } from './filter-value.ts';
import type { DeclaredFields, FilterValue } from './filter.ts';

/** The filterable values of a document, or the first metadata value that is not of its declared type. */
export type DocumentFields =
  | { readonly kind: 'fields'; readonly values: Readonly<Record<string, FilterValue>> }
  | { readonly kind: 'mismatch'; readonly field: string; readonly expected: string };

/** Takes the declared fields out of a document's metadata. Undeclared metadata is kept with the document, unfiltered. */
export function documentFields(metadata: Metadata, fields: DeclaredFields): DocumentFields {
  const values: Record<string, FilterValue> = {};
  for (const [field, type] of Object.entries(fields)) {
    if (!Object.hasOwn(metadata, field)) continue;
    const value = toFilterValue(type, metadata[field]);
    if (value === undefined) return { kind: 'mismatch', field, expected: fieldTypeWords[type] };
    values[field] = value;
  }
  return { kind: 'fields', values };
}
