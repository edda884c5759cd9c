import type { FieldType } from '../collection.ts';
import type { FilterValue } from './filter.ts';

const dateTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/i;

/** What a value of each type looks like, for the text of a refusal. */
export const fieldTypeWords: Readonly<Record<FieldType, string>> = {
  keyword: 'a string',
  integer: 'a whole number',
  float: 'a number',
  bool: 'true or false',
  datetime: 'an RFC 3339 time such as 2026-11-20T08:00:00Z',
};

/** The stored form of a value of a declared type; `undefined` when the value is of another type. */
export function toFilterValue(type: FieldType, value: unknown): FilterValue | undefined {
  return readers[type](value);
}

const readers: Readonly<Record<FieldType, (value: unknown) => FilterValue | undefined>> = {
  keyword: (value) => (typeof value === 'string' ? value : undefined),
  integer: (value) => (typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined),
  float: (value) => (typeof value === 'number' && Number.isFinite(value) ? value : undefined),
  bool: (value) => (typeof value === 'boolean' ? Number(value) : undefined),
  datetime: (value) => (typeof value === 'string' ? toMilliseconds(value) : undefined),
};

function toMilliseconds(text: string): number | undefined {
  const milliseconds = dateTime.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
