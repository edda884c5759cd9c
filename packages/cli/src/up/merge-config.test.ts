import { expect, test } from 'vitest';
import { mergeConfig } from './merge-config.ts';

test('merges maps by key at every depth', () => {
  const base = { servers: { data: { url: 'http://a', timeout: '30s' } }, kind: 'GatewayConfig' };

  const merged = mergeConfig(base, { servers: { data: { timeout: '5s' }, notes: { url: 'http://b' } } });

  expect(merged).toEqual({
    kind: 'GatewayConfig',
    servers: { data: { url: 'http://a', timeout: '5s' }, notes: { url: 'http://b' } },
  });
});

test('replaces lists as a whole', () => {
  expect(mergeConfig({ limits: [1, 2, 3] }, { limits: [4] })).toEqual({ limits: [4] });
});

test('removes a key whose value is null, and adds none', () => {
  const merged = mergeConfig({ servers: { data: {}, aiml: {} } }, { servers: { aiml: null, other: { owner: null } } });

  expect(merged).toEqual({ servers: { data: {}, other: {} } });
});

test('replaces a map by a value, and a value by a map', () => {
  expect(mergeConfig({ a: { b: 1 }, c: 2 }, { a: 3, c: { d: 4 } })).toEqual({ a: 3, c: { d: 4 } });
});

test('does not touch the prototype of what it makes', () => {
  const merged = mergeConfig({}, JSON.parse('{"__proto__": {"isAdmin": true}}'));

  expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
  expect(Object.hasOwn(Object(merged), 'isAdmin')).toBe(false);
});
