import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { localPrincipal } from '../identity/local-principal.ts';
import { createSealer } from '../runtime/sealer.ts';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createCursors } from './sealed-cursors.ts';

const clock = createFakeClock();
const sealer = createSealer({ masterKey: randomBytes(32), purpose: 'cursor', clock });
const principal = localPrincipal();
const input = { query: 'a', limit: 10 };
const position = z.object({ offset: z.number() });
const refusal = 'Invalid cursor';

test('S-82: opens for the same caller, tool and arguments, whatever cursor is among them', () => {
  const cursor = createCursors(sealer, { principal, subject: 'list', input }).seal({ offset: 20 });
  const next = createCursors(sealer, { principal, subject: 'list', input: { limit: 10, query: 'a', cursor } });

  expect(next.open(cursor, position)).toEqual({ offset: 20 });
  expect(cursor.length).toBeLessThanOrEqual(1_024);
});

test.each([
  ['another caller', { principal: { ...principal, sub: 'other' }, subject: 'list', input }],
  ['another tenant', { principal: { ...principal, tenant: 't2' }, subject: 'list', input }],
  ['another tool', { principal, subject: 'find', input }],
  ['other arguments', { principal, subject: 'list', input: { ...input, query: 'b' } }],
])('S-82, N05: refuses %s', (_who, binding) => {
  const cursor = createCursors(sealer, { principal, subject: 'list', input }).seal({ offset: 20 });

  expect(() => createCursors(sealer, binding).open(cursor, position)).toThrow(refusal);
});

test('S-82: refuses a cursor after one hour', async () => {
  const cursors = createCursors(sealer, { principal, subject: 'list', input });
  const cursor = cursors.seal({ offset: 1 });

  await clock.advance(3_601_000);

  expect(() => cursors.open(cursor, position)).toThrow(refusal);
});

test('refuses a position of another shape', () => {
  const cursors = createCursors(sealer, { principal, subject: 'list', input });

  expect(() => cursors.open(cursors.seal({ page: 1 }), position)).toThrow(refusal);
});

test('property: no changed cursor opens', () => {
  const cursors = createCursors(sealer, { principal, subject: 'list', input });
  const cursor = cursors.seal({ offset: 3 });

  fc.assert(
    fc.property(fc.nat(cursor.length - 1), fc.constantFrom('A', 'z', '0', '-', '_'), (index, character) => {
      const changed = cursor.slice(0, index) + character + cursor.slice(index + 1);
      fc.pre(changed !== cursor);
      expect(() => cursors.open(changed, position)).toThrow(refusal);
    }),
  );
});
