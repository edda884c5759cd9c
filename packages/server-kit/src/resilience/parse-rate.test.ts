import { rate } from '@fairlead/contracts';
import { expect, test } from 'vitest';
import { parseRate } from './parse-rate.ts';

test.for([
  ['5/s', { count: 5, perMs: 1_000 }],
  ['60/m', { count: 60, perMs: 60_000 }],
  ['1000/h', { count: 1_000, perMs: 3_600_000 }],
] as const)('reads %s, as the config schema allows it', ([text, expected]) => {
  expect(rate.parse(text)).toBe(text);
  expect(parseRate(text)).toEqual(expected);
});

test.for(['', '0/s', '60', '/m', '60/d', '60 / m', '6e1/m', '60/m/m'])('refuses %j', (text) => {
  expect(() => parseRate(text)).toThrow(RangeError);
});
