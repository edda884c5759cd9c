import type { Metadata, Scalar } from '../../domain/collection.ts';
import { fieldTypes, type FieldType } from '../../domain/collection.ts';
import type { Row } from './session.ts';

/** Reads columns of a row by type. A column of another type is a damaged file or a bug: it throws, with the name. */
export const column = {
  text(row: Row, name: string): string {
    const value = row[name];
    return typeof value === 'string' ? value : refuse(name, 'text');
  },

  optionalText(row: Row, name: string): string | undefined {
    return row[name] === null ? undefined : column.text(row, name);
  },

  number(row: Row, name: string): number {
    const value = row[name];
    return typeof value === 'number' ? value : refuse(name, 'a number');
  },

  optionalTime(row: Row, name: string): Date | undefined {
    return row[name] === null ? undefined : new Date(column.number(row, name));
  },

  bytes(row: Row, name: string): Uint8Array {
    const value = row[name];
    return value instanceof Uint8Array ? value : refuse(name, 'bytes');
  },

  flag(row: Row, name: string): boolean {
    return column.number(row, name) === 1;
  },

  /** A JSON object of scalars. */
  metadata(row: Row, name: string): Metadata {
    const entries = Object.entries(jsonObject(column.text(row, name), name));
    return Object.fromEntries(entries.filter((entry): entry is [string, Scalar] => isScalar(entry[1])));
  },

  /** A JSON object of field types. */
  fieldTypes(row: Row, name: string): Readonly<Record<string, FieldType>> {
    const entries = Object.entries(jsonObject(column.text(row, name), name));
    return Object.fromEntries(
      entries.map(([field, type]) => [
        field,
        fieldTypes.find((known) => known === type) ?? refuse(name, 'field types'),
      ]),
    );
  },

  /** A JSON list of texts. */
  texts(row: Row, name: string): readonly string[] {
    const list: unknown = JSON.parse(column.text(row, name));
    return Array.isArray(list) ? list.map(String) : refuse(name, 'a list');
  },
} as const;

function jsonObject(text: string, name: string): object {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? value : refuse(name, 'an object');
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function refuse(name: string, expected: string): never {
  throw new Error(`column ${name} does not hold ${expected}`);
}
