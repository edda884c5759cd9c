import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { Secret } from './secret.ts';

const canary = 'canary-5f1c';

test('gives the value by reveal only', () => {
  expect(new Secret(canary).reveal()).toBe(canary);
});

test('prints *** in text, JSON, inspection and arithmetic (06 S-98)', () => {
  const secret = new Secret(canary);

  expect(String(secret)).toBe('***');
  expect(['a', secret].join(' ')).toBe('a ***');
  expect(JSON.stringify({ secret })).toBe('{"secret":"***"}');
  expect(inspect({ secret }, { showHidden: true, depth: 9 })).toBe('{ secret: *** }');
  expect(inspect([secret], { customInspect: false, showHidden: true })).not.toContain(canary);
});

test('carries nothing through a structured clone or a spread', () => {
  const secret = new Secret(canary);

  expect(JSON.stringify([structuredClone(secret), Object.assign({}, secret), Object.entries(secret)])).not.toContain(
    canary,
  );
});
