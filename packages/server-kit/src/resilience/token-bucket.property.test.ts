import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TokenBucket } from './token-bucket.ts';

const bucketRule = fc.record({
  burst: fc.integer({ min: 1, max: 50 }),
  count: fc.integer({ min: 1, max: 10_000 }),
  perMs: fc.constantFrom(1_000, 60_000, 3_600_000),
});
const gapsMs = fc.array(fc.integer({ min: 0, max: 5_000 }), { maxLength: 300 });

test('G-42 never lets more through than burst + rate x time', () => {
  fc.assert(
    fc.property(bucketRule, gapsMs, (rule, gaps) => {
      const bucket = new TokenBucket(rule, 0);
      let nowMs = 0;
      let admitted = 0;

      for (const gapMs of gaps) {
        nowMs += gapMs;
        if (bucket.waitMs(nowMs) > 0) continue;
        bucket.take();
        admitted += 1;
      }

      expect(admitted).toBeLessThanOrEqual(rule.burst + (nowMs * rule.count) / rule.perMs);
    }),
    { numRuns: 200 },
  );
});

test('G-42 lets a caller through that waits as long as it was told, and not a millisecond sooner', () => {
  fc.assert(
    fc.property(bucketRule, gapsMs, (rule, gaps) => {
      const bucket = new TokenBucket(rule, 0);
      let nowMs = 0;

      for (const gapMs of gaps) {
        nowMs += gapMs;
        const waitMs = bucket.waitMs(nowMs);
        const waitJustBefore = bucket.waitMs(nowMs + Math.max(0, waitMs - 1));
        expect(waitJustBefore > 0).toBe(waitMs > 0);
        nowMs += waitMs;
        expect(bucket.waitMs(nowMs)).toBe(0);
        bucket.take();
      }
    }),
    { numRuns: 200 },
  );
});
