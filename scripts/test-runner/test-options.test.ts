import { expect, test } from 'vitest';
import { parseTestOptions } from './test-options.ts';

test('runs everything when nothing is given', () => {
  expect(parseTestOptions([])).toEqual({
    isFast: false,
    only: [],
    paths: [],
    stopsOnFailure: false,
    updatesSnapshots: false,
  });
});

test('reads lists, paths, a name and the flags', () => {
  const argv = [
    '--fast',
    '--only',
    'lint,unit',
    '--only',
    'e2e',
    'services/data',
    '-t',
    'cancels',
    '--bail',
    '--update-snapshots',
  ];

  expect(parseTestOptions(argv)).toEqual({
    isFast: true,
    only: ['lint', 'unit', 'e2e'],
    paths: ['services/data'],
    namePattern: 'cancels',
    stopsOnFailure: true,
    updatesSnapshots: true,
  });
});

test('refuses an option that it does not have', () => {
  expect(() => parseTestOptions(['--retries', '3'])).toThrow(TypeError);
});
