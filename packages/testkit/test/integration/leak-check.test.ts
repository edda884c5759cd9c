import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { z } from 'zod';

const report = z.looseObject({
  testResults: z.array(
    z.looseObject({
      name: z.string(),
      status: z.string(),
      message: z.string(),
      assertionResults: z.array(z.looseObject({ status: z.string(), failureMessages: z.array(z.string()) })),
    }),
  ),
});

/** What a run of vitest over the fixtures said of each file. */
const outcomes = new Map<string, { readonly status: string; readonly text: string }>();
let output = '';

beforeAll(async () => {
  await using folder = await createRunFolder();
  const file = join(folder.path, 'report.json');
  const config = join(import.meta.dirname, '..', 'fixtures', 'leaks', 'vitest.config.ts');
  const args = ['run', '--config', config, '--reporter=json', '--reporter=default', `--outputFile.json=${file}`];
  // Its root, against which vitest resolves what a config names.
  const testkit = join(import.meta.dirname, '..', '..');
  const vitest = join(testkit, 'node_modules', '.bin', 'vitest');
  const failed = await promisify(execFile)(vitest, args, { cwd: testkit }).then(
    () => undefined,
    (error: unknown) => z.looseObject({ stdout: z.string(), stderr: z.string() }).parse(error),
  );
  output = `${failed?.stdout ?? ''}${failed?.stderr ?? ''}`;
  for (const result of report.parse(JSON.parse(await readFile(file, 'utf8'))).testResults) {
    const failures = result.assertionResults.flatMap((assertion) => assertion.failureMessages);
    outcomes.set(basename(result.name), { status: result.status, text: [result.message, ...failures].join('\n') });
  }
});

test('passes a file that closes what it opened', () => {
  expect(outcomes.get('clean.case.ts')).toMatchObject({ status: 'passed' });
});

// V-92
test.for([
  ['leaves-port.case.ts', '1 x a listening port'],
  ['leaves-process.case.ts', 'sleep 6'],
  ['leaves-timer.case.ts', '1 x a timer'],
  ['prints.case.ts', 'log: here I am'],
] as const)('fails %s and names what is left: %s', ([file, found]) => {
  expect(outcomes.get(file)).toMatchObject({ status: 'failed', text: expect.stringContaining(found) });
});

// V-92: vitest does this itself; an option that turns it off would be seen here.
test('fails the run for a rejection that nobody handled, and names the file', () => {
  expect(output).toMatch(/Unhandled Rejection[\s\S]*nobody listens[\s\S]*rejects\.case\.ts/);
});
