import { limitConfig, type Principal } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { createLimiter, type Limiter } from './limiter.ts';
import type { LimitedCall } from './limit-rule.ts';

const ada: Principal = { sub: 'ada', roles: ['analyst'], allow: ['*'], deny: [], via: 'key', tenant: 'north' };
const bob: Principal = { sub: 'bob', roles: ['analyst'], allow: ['*'], deny: [], via: 'key', tenant: 'north' };
const query: LimitedCall = { principal: ada, server: 'data', tool: 'data__query_database' };

function limiterOf(rules: readonly object[], clock = new FakeClock()): Limiter {
  return createLimiter({ rules: rules.map((rule) => limitConfig.parse(rule)), clock });
}

function admitted(limiter: Limiter, call: LimitedCall, tries: number): number {
  return Array.from({ length: tries }, () => limiter.take(call).allowed).filter(Boolean).length;
}

test('lets every call through without rules', () => {
  expect(limiterOf([]).take(query)).toMatchObject({ allowed: true });
});

test('G-42 lets the burst through and then answers how long to wait and by which rule', () => {
  const limiter = limiterOf([{ rate: '60/m', burst: 2 }]);

  expect(admitted(limiter, query, 5)).toBe(2);

  expect(limiter.take(query)).toEqual({ allowed: false, retryAfterMs: 1_000, rule: 'limits[0]', kind: 'rate' });
});

test('takes the count of the rate as burst unless one is given', () => {
  expect(admitted(limiterOf([{ rate: '7/h' }]), query, 20)).toBe(7);
});

test('lets a call through again when its wait is over', () => {
  const clock = new FakeClock();
  const limiter = limiterOf([{ rate: '60/m', burst: 1 }], clock);
  limiter.take(query);

  clock.advance(999);
  const early = limiter.take(query);
  clock.advance(1);

  expect(early).toMatchObject({ allowed: false, retryAfterMs: 1 });
  expect(limiter.take(query).allowed).toBe(true);
});

test('G-43 gives nothing away when the wall clock jumps', () => {
  const clock = new FakeClock();
  const limiter = limiterOf([{ rate: '60/m', burst: 1 }], clock);
  limiter.take(query);

  clock.jumpWallClock(3_600_000);

  expect(limiter.take(query).allowed).toBe(false);
});

test('G-42 takes nothing from any rule when one refuses', () => {
  const clock = new FakeClock();
  const limiter = limiterOf(
    [
      { rate: '1/h', burst: 3 },
      { rate: '60/m', burst: 1 },
    ],
    clock,
  );
  limiter.take(query);
  expect(admitted(limiter, query, 10)).toBe(0);

  clock.advance(1_000);
  const second = limiter.take(query);
  clock.advance(1_000);
  const third = limiter.take(query);

  expect([second.allowed, third.allowed]).toEqual([true, true]);
});

test('names the rule with the longest wait when several refuse', () => {
  const limiter = limiterOf([
    { rate: '60/m', burst: 1 },
    { rate: '6/m', burst: 1 },
    { rate: '30/m', burst: 1 },
  ]);
  limiter.take(query);

  expect(limiter.take(query)).toMatchObject({ rule: 'limits[1]', retryAfterMs: 10_000 });
});

test.for([
  ['tool', { tool: 'data__query_*' }, { tool: 'data__list_databases' }],
  ['server', { server: 'data' }, { server: 'devops' }],
  ['role', { role: 'analyst' }, { principal: { ...ada, roles: ['viewer'] } }],
] as const)('leaves calls alone that its %s does not match', ([, match, other]) => {
  const limiter = limiterOf([{ match, rate: '1/h' }]);

  expect(admitted(limiter, query, 10)).toBe(1);
  expect(admitted(limiter, { ...query, ...other }, 10)).toBe(10);
});

test.for([
  ['principal', { principal: bob }, { tool: 'x' }],
  ['tenant', { principal: { ...ada, tenant: 'south' } }, { principal: bob }],
  ['role', { principal: { ...ada, roles: ['viewer'] } }, { principal: bob }],
  ['tool', { tool: 'data__list_databases' }, { principal: bob }],
  ['server', { server: 'devops' }, { principal: bob }],
] as const)('keeps one bucket per %s', ([per, own, shared]) => {
  const limiter = limiterOf([{ rate: '3/h', per }]);
  admitted(limiter, query, 3);

  expect(admitted(limiter, { ...query, ...shared }, 3)).toBe(0);
  expect(admitted(limiter, { ...query, ...own }, 5)).toBe(3);
});

// N05: equal names at two issuers, or in two tenants, are two callers.
test.for([{ issuer: 'https://other.example.com' }, { tenant: 'south' }, { keyId: 'abcdefghijkl' }])(
  'does not let a caller of the same sub but other %j use up the bucket',
  (difference) => {
    const limiter = limiterOf([{ rate: '1/h' }]);
    limiter.take(query);

    expect(limiter.take({ ...query, principal: { ...ada, ...difference } }).allowed).toBe(true);
  },
);

test('G-42 lets no more than `concurrency` calls run at a time, and the next one when one ends', () => {
  const limiter = limiterOf([{ rate: '1000/s', concurrency: 2 }]);
  const first = limiter.take(query);
  limiter.take(query);

  const third = limiter.take(query);
  if (first.allowed) first.release();

  expect(third).toEqual({ allowed: false, retryAfterMs: 1_000, rule: 'limits[0]', kind: 'concurrency' });
  expect(admitted(limiter, query, 5)).toBe(1);
});

test('gives one place back, however often release is called', () => {
  const limiter = limiterOf([{ rate: '1000/s', concurrency: 1 }]);
  const first = limiter.take(query);

  if (first.allowed) for (let time = 0; time < 3; time += 1) first.release();

  expect(admitted(limiter, query, 5)).toBe(1);
});

test('does not count a refused call as running', () => {
  const limiter = limiterOf([
    { rate: '1000/s', concurrency: 1 },
    { rate: '1/h', per: 'server' },
  ]);
  const first = limiter.take(query);
  if (first.allowed) first.release();

  expect(admitted(limiter, query, 5)).toBe(0);

  // The second rule refused for its rate; the first rule's only place must still be free.
  expect(limiter.take({ ...query, server: 'devops' }).allowed).toBe(true);
});

test('refuses a rule with a broken rate when it is made', () => {
  expect(() =>
    createLimiter({ rules: [{ match: {}, rate: 'often', per: 'principal' }], clock: new FakeClock() }),
  ).toThrow(RangeError);
});

test('G-83 keeps the counts of a rule that other rules move, and begins anew with one that is another', () => {
  const same = { rate: '60/m', burst: 2 };
  const before = limiterOf([{ rate: '1000/m', match: { tool: 'other' } }, same, { rate: '60/m', burst: 3 }]);
  admitted(before, query, 2);

  const after = before.withRules([same, { rate: '60/m', burst: 4 }].map((rule) => limitConfig.parse(rule)));

  expect(after.take(query)).toMatchObject({ allowed: false, rule: 'limits[0]' });
  expect(admitted(before.withRules([limitConfig.parse({ rate: '60/m', burst: 4 })]), query, 9)).toBe(4);
});

test('G-83 two equal rules keep a bucket each', () => {
  const rules = [limitConfig.parse({ rate: '60/m', burst: 4 }), limitConfig.parse({ rate: '60/m', burst: 4 })];
  const after = createLimiter({ rules, clock: new FakeClock() }).withRules(rules);

  expect(admitted(after, query, 9)).toBe(4);
});

test('G-83 a call in flight holds its place over a change of the rules, and gives it back', () => {
  const rule = { rate: '1000/m', concurrency: 1 };
  const before = limiterOf([rule]);
  const held = before.take(query);
  const after = before.withRules([limitConfig.parse({ rate: '9/h' }), limitConfig.parse(rule)]);

  expect(after.take(query)).toMatchObject({ allowed: false, kind: 'concurrency' });
  if (held.allowed) held.release();
  expect(after.take(query).allowed).toBe(true);
});
