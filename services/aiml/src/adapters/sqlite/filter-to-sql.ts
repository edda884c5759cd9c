import type { Filter, FilterRange } from '../../domain/filters/filter.ts';

/** A condition over the table `document` under the alias `d`, with its values in order. It is 0 or 1, never null. */
export interface SqlCondition {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** Translates a checked filter. Field names and values are bound, so that nothing of the caller becomes SQL. */
export function filterToSql(filter: Filter): SqlCondition {
  switch (filter.kind) {
    case 'all':
      return join(filter.of, ' and ', '1');
    case 'any':
      return join(filter.of, ' or ', '0');
    case 'not': {
      const { sql, values } = filterToSql(filter.of);
      return { sql: `not (${sql})`, values };
    }
    case 'in':
      return {
        sql: `coalesce(${field} in (${marks(filter.values)}), 0)`,
        values: [path(filter.field), ...filter.values],
      };
    case 'notIn':
      return {
        sql: `coalesce(${field} not in (${marks(filter.values)}), 0)`,
        values: [path(filter.field), ...filter.values],
      };
    case 'range':
      return rangeToSql(filter.field, filter.range);
    case 'empty': {
      const sql = `coalesce(${field}, '') = ''`;
      return { sql: filter.isEmpty ? sql : `not (${sql})`, values: [path(filter.field)] };
    }
    case 'ids':
      break;
  }
  return { sql: `d.id in (${marks(filter.ids)})`, values: filter.ids };
}

const field = 'json_extract(d.fields, ?)';

const comparisons: readonly (readonly [keyof FilterRange, string])[] = [
  ['gt', '>'],
  ['gte', '>='],
  ['lt', '<'],
  ['lte', '<='],
];

function rangeToSql(name: string, range: FilterRange): SqlCondition {
  const bounds = comparisons.flatMap(([key, operator]) => {
    const value = range[key];
    return value === undefined ? [] : [{ sql: `coalesce(${field} ${operator} ?, 0)`, values: [path(name), value] }];
  });
  return { sql: `(${bounds.map(({ sql }) => sql).join(' and ')})`, values: bounds.flatMap(({ values }) => values) };
}

function join(filters: readonly Filter[], operator: string, whenEmpty: string): SqlCondition {
  const parts = filters.map(filterToSql);
  if (parts.length === 0) return { sql: whenEmpty, values: [] };
  return { sql: `(${parts.map(({ sql }) => sql).join(operator)})`, values: parts.flatMap(({ values }) => values) };
}

function marks(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** Declared names hold letters, digits and underscores only (05 section 7), so that they need no quoting in a path. */
function path(name: string): string {
  return `$.${name}`;
}
