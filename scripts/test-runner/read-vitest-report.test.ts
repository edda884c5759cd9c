import { expect, test } from 'vitest';
import { readVitestReport } from './read-vitest-report.ts';

const report = {
  testResults: [
    {
      name: '/repo/services/data/src/a.test.ts',
      status: 'failed',
      startTime: 1_000,
      endTime: 3_500,
      assertionResults: [
        { status: 'passed', fullName: 'works' },
        { status: 'failed', fullName: 'ends the statement' },
        { status: 'skipped', fullName: 'needs redis' },
      ],
    },
    { name: '/repo/b.test.ts', status: 'failed', startTime: 0, endTime: 10, assertionResults: [] },
  ],
};

test('counts tests, names the failed ones, and how to run them alone', () => {
  expect(readVitestReport(JSON.stringify(report), '/repo')).toMatchObject({
    passed: 1,
    skipped: 1,
    failures: [
      {
        name: 'services/data/src/a.test.ts > ends the statement',
        rerun: 'npm test -- services/data/src/a.test.ts',
      },
      { name: 'b.test.ts > does not load', rerun: 'npm test -- b.test.ts' },
    ],
  });
});

test('names the slowest files first', () => {
  expect(readVitestReport(JSON.stringify(report), '/repo').slowest).toEqual([
    { file: 'services/data/src/a.test.ts', seconds: 2.5 },
    { file: 'b.test.ts', seconds: 0.01 },
  ]);
});

test('refuses half a report', () => {
  expect(() => readVitestReport('{"testResults": [', '/repo')).toThrow(SyntaxError);
});
