import { expect, test } from 'vitest';
import { readSkipLog } from './skip-log.ts';

const redis = {
  part: 'redis',
  reason: 'redis-server not found on PATH',
  mend: 'apt-get install redis-server',
  tests: 3,
};

test('adds up what was skipped for want of one part, in order of name', () => {
  const lines = [redis, { part: 'docker', reason: 'no engine', mend: 'not needed', tests: 1 }, { ...redis, tests: 4 }];

  const parts = readSkipLog(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));

  expect(parts.map(({ part, tests }) => [part, tests])).toEqual([
    ['docker', 1],
    ['redis', 7],
  ]);
});

test('is empty when nothing was skipped', () => {
  expect(readSkipLog('')).toEqual([]);
});

test('refuses a line of another shape', () => {
  expect(() => readSkipLog('{"part":"redis"}\n')).toThrow(/reason/);
  expect(() => readSkipLog('redis\n')).toThrow(SyntaxError);
});
