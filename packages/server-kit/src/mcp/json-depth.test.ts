import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nestsDeeperThan } from './json-depth.ts';

const nested = (depth: number): Buffer => Buffer.from('['.repeat(depth) + ']'.repeat(depth));

test('P-09: lets the limit itself pass and refuses one level more', () => {
  expect(nestsDeeperThan(nested(64), 64)).toBe(false);
  expect(nestsDeeperThan(nested(65), 64)).toBe(true);
});

test('reads brackets inside strings as text, behind escaped quotes too', () => {
  const text = JSON.stringify({ a: '[[[[{{{{', b: '\\"[[[[', c: '"[[[[\\' });

  expect(nestsDeeperThan(Buffer.from(text), 1)).toBe(false);
});

test('survives 200,000 levels and a string that never ends', () => {
  expect(nestsDeeperThan(Buffer.from('['.repeat(200_000)), 64)).toBe(true);
  expect(nestsDeeperThan(Buffer.from('{"a":"[[['), 64)).toBe(false);
});

test('property: agrees with the depth of the parsed value', () => {
  const depthOf = (value: unknown): number =>
    typeof value !== 'object' || value === null ? 0 : 1 + Math.max(0, ...Object.values(value).map(depthOf));

  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 8 }), fc.integer({ min: 0, max: 8 }), (value, limit) => {
      expect(nestsDeeperThan(Buffer.from(JSON.stringify(value)), limit)).toBe(depthOf(value) > limit);
    }),
  );
});
