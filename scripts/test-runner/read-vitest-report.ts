import path from 'node:path';
import { z } from 'zod';
import type { Failure, StepCounts } from './step-result.ts';

const assertion = z.looseObject({ status: z.string(), fullName: z.string() });
const testFile = z.looseObject({
  name: z.string(),
  status: z.string(),
  startTime: z.number(),
  endTime: z.number(),
  assertionResults: z.array(assertion),
});
/** The part of vitest's JSON report that the summary needs. */
const vitestReport = z.looseObject({ testResults: z.array(testFile) });
type TestFile = z.infer<typeof testFile>;

/**
 * Reads the text of vitest's JSON report. A file that did not load counts as one failure. `root` shortens file names.
 *
 * @throws SyntaxError or ZodError when the text is not such a report.
 */
export function readVitestReport(text: string, root: string): StepCounts {
  const files = vitestReport.parse(JSON.parse(text)).testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    skipped: tests.filter((test) => test.status !== 'passed' && test.status !== 'failed').length,
    failures: files.flatMap((file) => failuresOf(file, root)),
    slowest: slowestOf(files, root),
  };
}

function failuresOf(file: TestFile, root: string): readonly Failure[] {
  const name = path.relative(root, file.name);
  const rerun = `npm test -- ${name}`;
  const failed = file.assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0 && file.status === 'failed') return [{ name: `${name} > does not load`, rerun }];
  return failed.map((test) => ({ name: `${name} > ${test.fullName}`, rerun }));
}

function slowestOf(files: readonly TestFile[], root: string): StepCounts['slowest'] {
  return files
    .map((file) => ({ file: path.relative(root, file.name), seconds: (file.endTime - file.startTime) / 1_000 }))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 3);
}
