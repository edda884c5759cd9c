import { expect, test } from 'vitest';
import { benchAreas, readBenchOptions } from './bench-options.ts';

test('measures every area in full when nothing is asked for', () => {
  const options = readBenchOptions([]);

  expect(options).toMatchObject({ areas: benchAreas, rounds: 5, cpuSecondsPerSample: 5, isCold: false });
});

test('lets a named number of rounds win over the quick measure', () => {
  const options = readBenchOptions(['gateway', '--quick', '--rounds', '3']);

  expect(options).toMatchObject({ areas: ['gateway'], rounds: 3, cpuSecondsPerSample: 0.5 });
});

test.each([
  [['kid'], 'there is no such area: kid'],
  [['--rounds', '0'], '--rounds 0 is not a whole number above 0'],
  [['--calls', 'many'], '--calls many is not a whole number above 0'],
  [['--fast'], "Unknown option '--fast'"],
])('refuses %j and names the mistake', (argv, message) => {
  expect(() => readBenchOptions(argv)).toThrow(message);
});
