import { duration } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { parseDuration } from './parse-duration.ts';

test.for([
  ['500ms', 500],
  ['30s', 30_000],
  ['10m', 600_000],
  ['2h', 7_200_000],
  ['9999999ms', 9_999_999],
] as const)('reads %s as %d ms, as the config schema allows it', ([text, ms]) => {
  expect(duration.parse(text)).toBe(text);
  expect(parseDuration(text)).toBe(ms);
});

test.for(['', '0s', '01s', '30', 's', '1.5s', '-1s', '30 s', '30S', '1d', '30s\n'])('refuses %j', (text) => {
  expect(() => parseDuration(text)).toThrow(RangeError);
});
