import { expect, test } from 'vitest';
import type { StepResult } from './step-result.ts';
import { stepLine, summaryLines } from './summary.ts';

const lint: StepResult = {
  name: 'lint',
  status: 'passed',
  passed: 1,
  skipped: 0,
  failures: [],
  slowest: [],
  seconds: 0.71,
  budgetSeconds: 40,
  output: '',
  shown: '',
};
const integration: StepResult = {
  ...lint,
  name: 'integration',
  status: 'failed',
  passed: 2_142,
  skipped: 45,
  failures: [
    {
      name: 'services/data/test/cancel.test.ts > ends the statement',
      rerun: 'npm test -- services/data/test/cancel.test.ts',
    },
  ],
  slowest: [{ file: 'services/data/test/cancel.test.ts', seconds: 90 }],
  seconds: 130,
  budgetSeconds: 120,
};

test('V-03 V-04 the end names parts, failures and reruns, and its last line is the count', () => {
  const skippedParts = [
    { part: 'redis', reason: 'redis-server not found on PATH', mend: 'set REDIS_URL', tests: 44 },
    { part: 'kubernetes', reason: 'KUBECONFIG is not set', mend: 'npm run test:kubernetes', tests: 1 },
  ];

  expect(summaryLines({ results: [lint, integration], skippedParts, notRun: ['e2e'] }).join('\n')).toBe(
    `over budget
  integration took 130.0 s of 120 s
    services/data/test/cancel.test.ts  90.0 s
not run
  e2e
skipped parts
  redis       redis-server not found on PATH  mend: set REDIS_URL            44 tests
  kubernetes  KUBECONFIG is not set           mend: npm run test:kubernetes  1 test
failed
  services/data/test/cancel.test.ts > ends the statement
  rerun: npm test -- services/data/test/cancel.test.ts
2143 passed, 1 failed, 45 skipped`,
  );
});

test('nothing but the count when all is well', () => {
  expect(summaryLines({ results: [lint], skippedParts: [], notRun: [] })).toEqual(['1 passed, 0 failed, 0 skipped']);
});

test('a step leaves one line with its status, its seconds and its tests', () => {
  expect(stepLine(lint)).toBe('ok      lint             0.7 s');
  expect(stepLine(integration)).toBe('FAILED  integration    130.0 s  2188 tests');
});
