import { array, assert, boolean, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { takeIssues, type TakenIssues } from './take-issues.ts';

// 05 T-81: paging has no gap and no double while nothing changes.
test('a walk over any page gives each issue once, in order', () => {
  assert(
    property(array(boolean()), integer({ min: 1, max: 7 }), (pullRequests, room) => {
      const entries = pullRequests.map((isPullRequest, issue) => ({ isPullRequest, issue }));
      const walked: number[] = [];
      for (let skip: number | undefined = 0; skip !== undefined;) {
        const taken: TakenIssues<number> = takeIssues(entries, skip, room);
        expect(taken.issues.length).toBeLessThanOrEqual(room);
        walked.push(...taken.issues);
        skip = taken.stoppedAt;
      }

      expect(walked).toEqual(entries.filter((entry) => !entry.isPullRequest).map(({ issue }) => issue));
    }),
    { numRuns: 200 },
  );
});
