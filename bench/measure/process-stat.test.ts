import { expect, test } from 'vitest';
import { parseProcessStat } from './process-stat.ts';

// A program chooses its own name, so the line cannot be split at spaces alone.
test('reads the fields behind a name that holds spaces and parentheses', () => {
  const line = '4242 (a (b) c) S 7 4242 4242 0 -1 4194304 900 0 0 0 11 5 3 2 20 0 1 0 987654 1000 200';

  expect(parseProcessStat(line)).toEqual({
    pid: 4_242,
    parentPid: 7,
    cpuTicks: 21,
    startTicks: 987_654,
    isZombie: false,
  });
});
