import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { callerWith } from '../../test/support/make-snapshot.ts';
import { CallLimits } from './call-limits.ts';

const call = { principal: callerWith(['*']), server: 'data', tool: 'data__query' };

test('04 G-42: one caller has at most 64 calls in flight', () => {
  const limits = new CallLimits([], createFakeClock());
  const taken = Array.from({ length: 64 }, () => limits.take(call));

  expect(taken.every(({ allowed }) => allowed)).toBe(true);
  expect(limits.take(call)).toMatchObject({ allowed: false, kind: 'concurrency' });
  const [first] = taken;
  if (first?.allowed === true) first.release();
  expect(limits.take(call)).toMatchObject({ allowed: true });
});

test('giving a place back twice frees one place', () => {
  const limits = new CallLimits([], createFakeClock());
  const taken = Array.from({ length: 64 }, () => limits.take(call));
  const [first] = taken;
  if (first?.allowed === true) {
    first.release();
    first.release();
  }

  expect(limits.take(call).allowed).toBe(true);
  expect(limits.take(call).allowed).toBe(false);
});

test('a call that a rule refuses holds no place', () => {
  const limits = new CallLimits([{ match: {}, rate: '1/h', burst: 1, per: 'principal' }], createFakeClock());
  limits.take(call);
  const refused = Array.from({ length: 200 }, () => limits.take(call));

  expect(refused.every((one) => !one.allowed && one.kind === 'rate' && one.rule === 'limits[0]')).toBe(true);
});

test('04 G-42: one caller has at most 16 streams', () => {
  const limits = new CallLimits([], createFakeClock());
  const taken = Array.from({ length: 17 }, () => limits.takeStream(call));

  expect(taken.map(({ allowed }) => allowed)).toEqual([...Array.from({ length: 16 }, () => true), false]);
});

test('04 G-83: a reload gives nobody a full bucket, nor more calls and streams at a time', () => {
  const rule = { match: {}, rate: '1/h', burst: 70, per: 'principal' } as const;
  const before = new CallLimits([rule], createFakeClock());
  for (let taken = 0; taken < 60; taken += 1) before.take(call);
  for (let taken = 0; taken < 16; taken += 1) before.takeStream(call);
  const after = before.withRules([rule]);

  expect(Array.from({ length: 9 }, () => after.take(call)).filter(({ allowed }) => allowed)).toHaveLength(4);
  expect(after.takeStream(call).allowed).toBe(false);
});
