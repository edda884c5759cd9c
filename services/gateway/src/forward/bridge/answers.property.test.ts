import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../wire/json-value.ts';
import { resultKind, toLegacyAnswer } from './legacy-answer.ts';
import { toLegacyParams } from './legacy-params.ts';
import { toModernAnswer } from './modern-answer.ts';
import { toModernParams } from './modern-params.ts';

const call = { id: 'mine', method: 'tools/call' } as const;
const own = new Set([
  'resultType',
  'ttlMs',
  'cacheScope',
  '_meta',
  'structuredContent',
  'inputResponses',
  'requestState',
]);
/** An object with vendor fields of any kind, but none of the protocol's own. */
const vendorFields = fc
  .dictionary(fc.string(), fc.jsonValue())
  .map((fields): JsonObject => Object.fromEntries(Object.entries(fields).filter(([key]) => !own.has(key))));

test('03 C1: whatever else a result has comes through the bridge and back', () => {
  fc.assert(
    fc.property(vendorFields, vendorFields, (fields, meta) => {
      const result = { ...fields, ...(Object.keys(meta).length === 0 ? {} : { _meta: meta }) };
      const modern = toModernAnswer({ jsonrpc: '2.0', id: 7, result }, call, { name: 'older' });
      expect(modern).toMatchObject({ id: 'mine', result: { resultType: 'complete' } });
      expect(toLegacyAnswer(modern, { ...call, id: 7 })).toEqual({ jsonrpc: '2.0', id: 7, result });
    }),
  );
});

test('03 C15: whatever else parameters have comes through the bridge and back', () => {
  fc.assert(
    fc.property(vendorFields, vendorFields, (fields, meta) => {
      const params = { ...fields, ...(Object.keys(meta).length === 0 ? {} : { _meta: meta }) };
      const modern = toModernParams(params, { clientInfo: { name: 'fairlead' }, capabilities: {} });
      expect(toLegacyParams(modern)).toEqual(params);
    }),
  );
});

test('an older server cannot pass for a newer one: its result is complete, whatever it says', () => {
  const result = { resultType: 'input_required', content: [] };
  const message = toModernAnswer({ jsonrpc: '2.0', id: 1, result }, call, undefined);

  expect(resultKind(message)).toBe('complete');
});

test('03 C3: an error comes through with its message and data; only a missing resource changes its code', () => {
  const error = { code: -32_050, message: 'Busy', data: { queue: 3 } };
  const missing = { code: -32_002, message: 'Resource not found', data: { uri: 'note://1' } };
  const read = { id: 'mine', method: 'resources/read' } as const;

  expect(toModernAnswer({ id: 7, error }, call, undefined)).toEqual({ id: 'mine', error });
  expect(toLegacyAnswer({ id: 7, error }, call)).toEqual({ id: 'mine', error });
  expect(toModernAnswer({ id: 7, error: missing }, read, undefined)).toMatchObject({ error: { code: -32_602 } });
  expect(toLegacyAnswer({ id: 7, error: { ...missing, code: -32_602 } }, read)).toMatchObject({ error: missing });
});

test('03 C14: a result of a kind that nobody knows is no answer for an older client', () => {
  expect(resultKind({ result: { resultType: 'dev.example/other' } })).toBe('unknown');
  expect(resultKind({ result: { resultType: 'input_required' } })).toBe('input_required');
  expect(resultKind({ error: { code: -32_021 } })).toBe('input_required');
  expect(resultKind({ result: {} })).toBe('complete');
});
