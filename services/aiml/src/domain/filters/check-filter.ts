import type { FieldType } from '../collection.ts';
import { fieldTypeWords, toFilterValue } from './filter-value.ts';
import type { DeclaredFields, Filter, FilterRange, FilterValue } from './filter.ts';

/** A filter that holds, or the place and the reason why it does not. */
export type FilterCheck =
  | { readonly kind: 'valid'; readonly filter: Filter }
  | { readonly kind: 'invalid'; readonly place: string; readonly reason: string };

/** Most levels, conditions and values of one filter (07 A-21). */
const filterLimits = { depth: 4, conditions: 64, values: 256 } as const;

/**
 * Checks a caller's filter against the declared fields and turns it into a tree of predicates. The wire schema is
 * shallow on purpose, so that everything is checked here: keys, types, depth, counts.
 */
export function checkFilter(input: unknown, fields: DeclaredFields): FilterCheck {
  try {
    return { kind: 'valid', filter: new FilterReader(fields).group(input, 'filter', 1) };
  } catch (error) {
    if (error instanceof FilterRefusal) return { kind: 'invalid', place: error.place, reason: error.message };
    throw error;
  }
}

class FilterRefusal extends Error {
  readonly place: string;

  constructor(place: string, reason: string) {
    super(reason);
    this.place = place;
  }
}

/** Reads one filter and counts what it holds. */
class FilterReader {
  readonly #fields: DeclaredFields;
  #conditions = 0;
  #values = 0;

  constructor(fields: DeclaredFields) {
    this.#fields = fields;
  }

  group(input: unknown, place: string, depth: number): Filter {
    if (depth > filterLimits.depth)
      throw new FilterRefusal(place, `A filter nests at most ${filterLimits.depth} levels.`);
    const group = keysOf(input, place, ['must', 'should', 'must_not']);
    const parts: Filter[] = [];
    if ('must' in group) parts.push(...this.#list(group['must'], `${place}.must`, depth));
    if ('should' in group) parts.push({ kind: 'any', of: this.#list(group['should'], `${place}.should`, depth) });
    if ('must_not' in group)
      parts.push({ kind: 'not', of: { kind: 'any', of: this.#list(group['must_not'], `${place}.must_not`, depth) } });
    if (parts.length === 0) throw new FilterRefusal(place, 'It is empty. Give must, should or must_not.');
    return { kind: 'all', of: parts };
  }

  #list(input: unknown, place: string, depth: number): readonly Filter[] {
    if (!Array.isArray(input) || input.length === 0)
      throw new FilterRefusal(place, 'It is not a list of at least one condition.');
    return input.map((entry: unknown, index) => this.#entry(entry, `${place}[${index}]`, depth));
  }

  #entry(input: unknown, place: string, depth: number): Filter {
    if (!isRecord(input)) throw new FilterRefusal(place, 'It is not an object.');
    if ('must' in input || 'should' in input || 'must_not' in input) return this.group(input, place, depth + 1);
    this.#conditions += 1;
    if (this.#conditions > filterLimits.conditions)
      throw new FilterRefusal(place, `A filter holds at most ${filterLimits.conditions} conditions.`);
    return 'id' in input ? this.#ids(input, place) : this.#condition(input, place);
  }

  #ids(input: unknown, place: string): Filter {
    const { id } = keysOf(input, place, ['id']);
    const list = keysOf(id, `${place}.id`, ['in'])['in'];
    const ids = this.#valuesOf(list, `${place}.id.in`, 'keyword');
    return { kind: 'ids', ids: ids.map(String) };
  }

  #condition(input: unknown, place: string): Filter {
    const condition = keysOf(input, place, ['field', 'match', 'any', 'except', 'range', 'is_empty']);
    const field = condition['field'];
    if (typeof field !== 'string') throw new FilterRefusal(place, 'It names no field.');
    const type = Object.hasOwn(this.#fields, field) ? this.#fields[field] : undefined;
    if (type === undefined) throw new FilterRefusal(`${place}.field`, this.#unknownField(field));
    const operators = Object.keys(condition).filter((key) => key !== 'field');
    const operator = operators[0];
    if (operator === undefined || operators.length > 1)
      throw new FilterRefusal(place, 'Give exactly one of match, any, except, range, is_empty.');
    return this.#operation({ field, type, operator, operand: condition[operator] }, place);
  }

  #operation({ field, type, operator, operand }: Operation, place: string): Filter {
    const at = `${place}.${operator}`;
    if (operator === 'match') return { kind: 'in', field, values: [this.#value(operand, at, type)] };
    if (operator === 'any') return { kind: 'in', field, values: this.#valuesOf(operand, at, type) };
    if (operator === 'except') return { kind: 'notIn', field, values: this.#valuesOf(operand, at, type) };
    if (operator === 'range') return { kind: 'range', field, range: this.#range(operand, at, type) };
    if (typeof operand !== 'boolean') throw new FilterRefusal(at, 'It is not true or false.');
    return { kind: 'empty', field, isEmpty: operand };
  }

  #range(input: unknown, place: string, type: FieldType): FilterRange {
    if (type === 'keyword' || type === 'bool')
      throw new FilterRefusal(place, `A ${type} field has no range. Use match or any.`);
    const bounds = keysOf(input, place, ['gt', 'gte', 'lt', 'lte']);
    const entries = Object.entries(bounds).map(([key, value]) => [key, this.#value(value, `${place}.${key}`, type)]);
    if (entries.length === 0) throw new FilterRefusal(place, 'It has no bound. Give gt, gte, lt or lte.');
    return Object.fromEntries(entries);
  }

  #valuesOf(input: unknown, place: string, type: FieldType): readonly FilterValue[] {
    if (!Array.isArray(input) || input.length === 0)
      throw new FilterRefusal(place, 'It is not a list of at least one value.');
    return input.map((value: unknown, index) => this.#value(value, `${place}[${index}]`, type));
  }

  #value(input: unknown, place: string, type: FieldType): FilterValue {
    this.#values += 1;
    if (this.#values > filterLimits.values)
      throw new FilterRefusal(place, `A filter holds at most ${filterLimits.values} values.`);
    const value = toFilterValue(type, input);
    if (value === undefined) throw new FilterRefusal(place, `It is not ${fieldTypeWords[type]}.`);
    return value;
  }

  #unknownField(field: string): string {
    const declared = Object.keys(this.#fields);
    const known =
      declared.length > 0 ? `Declared fields: ${declared.join(', ')}.` : 'This collection declares no fields.';
    return `There is no field "${field.slice(0, 64)}". ${known}`;
  }
}

interface Operation {
  readonly field: string;
  readonly type: FieldType;
  readonly operator: string;
  readonly operand: unknown;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysOf(input: unknown, place: string, known: readonly string[]): Readonly<Record<string, unknown>> {
  if (!isRecord(input)) throw new FilterRefusal(place, 'It is not an object.');
  const unknownKey = Object.keys(input).find((key) => !known.includes(key));
  if (unknownKey !== undefined)
    throw new FilterRefusal(
      place,
      `It has the unknown key "${unknownKey.slice(0, 64)}". Known keys: ${known.join(', ')}.`,
    );
  return input;
}
