import { expect, test } from 'vitest';
import { isSameCollection, type CollectionDraft } from './collection.ts';

const draft: CollectionDraft = {
  name: 'docs',
  description: 'd',
  embedder: 'lexical-hash-v1',
  dims: 512,
  fields: { a: 'keyword', b: 'bool' },
  visibility: 'tenant',
};

test('does not care about the order of fields', () => {
  expect(isSameCollection(draft, { ...draft, fields: { b: 'bool', a: 'keyword' } })).toBe(true);
});

test.each([{ description: 'other' }, { fields: { a: 'integer' as const } }, { visibility: 'shared' as const }])(
  'sees the difference %o',
  (change) => {
    expect(isSameCollection(draft, { ...draft, ...change })).toBe(false);
  },
);
