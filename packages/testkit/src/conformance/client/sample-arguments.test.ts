import { expect, test } from 'vitest';
import { sampleArguments } from './sample-arguments.ts';

test('gives what is required, by its type, and nothing else', () => {
  const properties = { a: { type: 'number' }, b: { type: 'string' }, c: { type: 'boolean' }, d: { $ref: '#/$defs/d' } };

  expect(sampleArguments({ type: 'object', properties, required: ['a', 'b', 'd'] })).toEqual({
    a: 1,
    b: 'sample',
    d: 'sample',
  });
});

test('takes a known value before a sample', () => {
  const inputSchema = { type: 'object', properties: { schema: { type: 'object' } }, required: ['schema'] };

  expect(sampleArguments(inputSchema, { schema: { type: 'object', $defs: {} } })).toEqual({
    schema: { type: 'object', $defs: {} },
  });
});

test('gives nothing to a tool without a schema that says something', () => {
  expect(sampleArguments({ type: 'object' })).toEqual({});
  expect(sampleArguments(undefined)).toEqual({});
});
