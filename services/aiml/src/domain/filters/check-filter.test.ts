import { expect, test } from 'vitest';
import { checkFilter } from './check-filter.ts';
import type { DeclaredFields } from './filter.ts';

const fields: DeclaredFields = {
  team: 'keyword',
  year: 'integer',
  score: 'float',
  draft: 'bool',
  published: 'datetime',
};

test('turns every operator into a predicate', () => {
  const filter = {
    must: [
      { field: 'team', match: 'ops' },
      { field: 'year', range: { gte: 2020, lt: 2026 } },
    ],
    should: [
      { field: 'published', any: ['2026-11-20T08:00:00Z'] },
      { field: 'draft', match: false },
    ],
    must_not: [{ field: 'team', except: ['sales'] }, { field: 'score', is_empty: true }, { id: { in: ['d1', 'd2'] } }],
  };

  expect(checkFilter(filter, fields)).toEqual({
    kind: 'valid',
    filter: {
      kind: 'all',
      of: [
        { kind: 'in', field: 'team', values: ['ops'] },
        { kind: 'range', field: 'year', range: { gte: 2020, lt: 2026 } },
        {
          kind: 'any',
          of: [
            { kind: 'in', field: 'published', values: [Date.parse('2026-11-20T08:00:00Z')] },
            { kind: 'in', field: 'draft', values: [0] },
          ],
        },
        {
          kind: 'not',
          of: {
            kind: 'any',
            of: [
              { kind: 'notIn', field: 'team', values: ['sales'] },
              { kind: 'empty', field: 'score', isEmpty: true },
              { kind: 'ids', ids: ['d1', 'd2'] },
            ],
          },
        },
      ],
    },
  });
});

test('reads nested filters down to four levels', () => {
  const nested = (levels: number): object =>
    levels === 1 ? { must: [{ field: 'team', match: 'ops' }] } : { must: [nested(levels - 1)] };

  expect(checkFilter(nested(4), fields).kind).toBe('valid');
  expect(checkFilter(nested(5), fields)).toMatchObject({
    kind: 'invalid',
    place: 'filter.must[0].must[0].must[0].must[0]',
  });
});

test.each([
  [
    'an unknown field, with the declared ones',
    { must: [{ field: 'owner', match: 'x' }] },
    'filter.must[0].field',
    /Declared fields: team, year, score, draft, published/,
  ],
  [
    'a field named like an inherited property',
    { must: [{ field: 'constructor', match: 'x' }] },
    'filter.must[0].field',
    /There is no field/,
  ],
  [
    'a value of another type',
    { must: [{ field: 'year', match: '2026' }] },
    'filter.must[0].match',
    /not a whole number/,
  ],
  [
    'a time that is none',
    { must: [{ field: 'published', match: '2026-13-40T99:00:00Z' }] },
    'filter.must[0].match',
    /RFC 3339/,
  ],
  ['a range over words', { must: [{ field: 'team', range: { gt: 'a' } }] }, 'filter.must[0].range', /no range/],
  ['a range without bounds', { must: [{ field: 'year', range: {} }] }, 'filter.must[0].range', /no bound/],
  ['two operators', { must: [{ field: 'year', match: 1, any: [1] }] }, 'filter.must[0]', /exactly one/],
  ['no operator', { must: [{ field: 'year' }] }, 'filter.must[0]', /exactly one/],
  ['an unknown key', { must: [{ field: 'year', equals: 1 }] }, 'filter.must[0]', /unknown key "equals"/],
  ['a condition without a field', { must: [{ match: 1 }] }, 'filter.must[0]', /names no field/],
  ['an empty filter', {}, 'filter', /empty/],
  ['an empty list', { should: [] }, 'filter.should', /at least one condition/],
  ['an empty list of values', { should: [{ field: 'year', any: [] }] }, 'filter.should[0].any', /at least one value/],
  ['a condition that is no object', { must: ['year'] }, 'filter.must[0]', /not an object/],
  [
    'too many conditions',
    { must: Array.from({ length: 65 }, () => ({ field: 'year', match: 1 })) },
    'filter.must[64]',
    /64 conditions/,
  ],
  [
    'too many values',
    { must: [{ field: 'year', any: Array.from({ length: 300 }, (_, index) => index) }] },
    'filter.must[0].any[256]',
    /256 values/,
  ],
])('refuses %s, and names the place', (...[, filter, place, reason]) => {
  expect(checkFilter(filter, fields)).toEqual({ kind: 'invalid', place, reason: expect.stringMatching(reason) });
});
