import type { Principal } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { VerifiedTokens } from './verified-tokens.ts';

const ada: Principal = { sub: 'ada', roles: [], allow: ['*'], deny: [], via: 'key' };

test('G-60 finds a principal until its time is over', () => {
  const verified = new VerifiedTokens(10);
  verified.add('digest', { principal: ada, epoch: 1, untilMs: 1_000 });

  expect(verified.find('digest', 1, 999)).toBe(ada);
  expect(verified.find('digest', 1, 1_000)).toBeUndefined();
  expect(verified.size).toBe(0);
});

test('G-60 finds nothing of another epoch', () => {
  const verified = new VerifiedTokens(10);
  verified.add('digest', { principal: ada, epoch: 1, untilMs: 1_000 });

  expect(verified.find('digest', 2, 0)).toBeUndefined();
});

test('G-17 holds no more entries than it may', () => {
  const verified = new VerifiedTokens(100);

  for (let token = 0; token < 10_000; token += 1) {
    verified.add(`digest ${token}`, { principal: ada, epoch: 1, untilMs: 1_000 });
    expect(verified.size).toBeLessThanOrEqual(100);
  }
});

test('keeps an entry that is used while others come and go', () => {
  const verified = new VerifiedTokens(100);
  verified.add('used', { principal: ada, epoch: 1, untilMs: 1_000 });

  for (let token = 0; token < 1_000; token += 1) {
    verified.add(`digest ${token}`, { principal: ada, epoch: 1, untilMs: 1_000 });
    if (token % 20 === 0) verified.find('used', 1, 0);
  }

  expect(verified.find('used', 1, 0)).toBe(ada);
});
