import type { LimitConfig, Principal } from '@fairlead/contracts';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { createLimiter } from './limiter.ts';

function caller(sub: string): Principal {
  return { sub, roles: ['analyst'], allow: ['*'], deny: [], via: 'key' };
}

const callers = ['ada', 'bob', 'cyd'].map(caller);
const limit = fc.record({ count: fc.integer({ min: 1, max: 100 }), burst: fc.integer({ min: 1, max: 20 }) });
const steps = fc.array(fc.record({ who: fc.nat({ max: 2 }), gapMs: fc.integer({ min: 0, max: 2_000 }) }), {
  maxLength: 300,
});

function toRule({ count, burst }: { count: number; burst: number }): LimitConfig {
  return { match: {}, rate: `${count}/m`, burst, per: 'principal' };
}

test('G-42 admits per caller at most what the strictest of several rules allows', () => {
  fc.assert(
    fc.property(fc.array(limit, { minLength: 1, maxLength: 3 }), steps, (limits, calls) => {
      const clock = new FakeClock();
      const limiter = createLimiter({ rules: limits.map(toRule), clock });
      const admitted = [0, 0, 0];

      for (const { who, gapMs } of calls) {
        clock.advance(gapMs);
        const principal = callers[who];
        if (principal && limiter.take({ principal, server: 'data', tool: 'data__x' }).allowed) {
          admitted[who] = (admitted[who] ?? 0) + 1;
        }
      }

      for (const { count, burst } of limits) {
        const most = burst + (count * clock.monotonicMs()) / 60_000;
        for (const sum of admitted) expect(sum).toBeLessThanOrEqual(most);
      }
    }),
    { numRuns: 200 },
  );
});

test('G-43 gives a caller the same answers whether or not others flood the limiter', () => {
  fc.assert(
    fc.property(limit, steps, (config, calls) => {
      const clock = new FakeClock();
      const alone = createLimiter({ rules: [toRule(config)], clock });
      const crowded = createLimiter({ rules: [toRule(config)], clock });
      const call = { server: 'data', tool: 'data__x' };

      for (const { gapMs, who } of calls) {
        clock.advance(gapMs);
        for (let flood = 0; flood < 5; flood += 1) crowded.take({ principal: caller(`flood ${who}`), ...call });

        const expected = alone.take({ principal: caller('ada'), ...call });
        const answer = crowded.take({ principal: caller('ada'), ...call });

        expect(answer.allowed).toBe(expected.allowed);
      }
    }),
    { numRuns: 200 },
  );
});
