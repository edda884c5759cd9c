import { parseArgs } from 'node:util';

/** What `npm test` was asked to do. */
export interface TestOptions {
  /** Only the steps that run side by side: format, lint, types and the like, unit (`npm run check`). */
  readonly isFast: boolean;
  /** Names of steps to run; empty: all. */
  readonly only: readonly string[];
  /** Test files or folders, relative to the root. With any, only vitest runs, on these. */
  readonly paths: readonly string[];
  /** Pattern that the full test name must match. */
  readonly namePattern?: string;
  /** Stop after the first failed step. */
  readonly stopsOnFailure: boolean;
  readonly updatesSnapshots: boolean;
}

/**
 * Reads the arguments of `npm test`.
 *
 * @throws TypeError of `node:util` for an unknown option.
 */
export function parseTestOptions(argv: readonly string[]): TestOptions {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      fast: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      testNamePattern: { type: 'string', short: 't' },
      bail: { type: 'boolean', default: false },
      'update-snapshots': { type: 'boolean', default: false },
    },
  });
  return {
    isFast: values.fast,
    only: values.only.flatMap((list) => list.split(',')).filter((name) => name !== ''),
    paths: positionals,
    ...(values.testNamePattern === undefined ? {} : { namePattern: values.testNamePattern }),
    stopsOnFailure: values.bail,
    updatesSnapshots: values['update-snapshots'],
  };
}
