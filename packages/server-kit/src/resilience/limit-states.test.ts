import { limitConfig } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { compileLimitRule } from './limit-rule.ts';
import { LimitStates } from './limit-states.ts';

const rule = compileLimitRule(limitConfig.parse({ rate: '1/s', burst: 1 }), 'limits[0]');

test('G-43 forgets keys whose bucket is full again while others call', () => {
  const states = new LimitStates(rule, 100_000);
  for (let key = 0; key < 1_000; key += 1) states.of(`caller ${key}`, 0).bucket.take();
  expect(states.size).toBe(1_000);

  for (let lookup = 0; lookup < 1_000; lookup += 1) states.of('busy', 10_000).bucket.take();

  expect(states.size).toBeLessThan(3);
});

test('keeps a key while a call of it runs', () => {
  const states = new LimitStates(rule, 100_000);
  const running = states.of('running', 0);
  running.inFlight = 1;

  for (let lookup = 0; lookup < 100; lookup += 1) states.of(`other ${lookup}`, 1_000_000);

  expect(states.of('running', 1_000_000)).toBe(running);
});

test('G-17 holds no more keys than it may, whoever calls', () => {
  const states = new LimitStates(rule, 50);

  for (let key = 0; key < 10_000; key += 1) states.of(`caller ${key}`, 0).bucket.take();

  expect(states.size).toBeLessThanOrEqual(50);
});
