import { expect, test } from 'vitest';
import { parameterFault } from './parameter-fault.ts';

test('accepts one value for each parameter', () => {
  expect(parameterFault(0, 0)).toBeUndefined();
  expect(parameterFault(2, 2)).toBeUndefined();
});

test('says how many values there are and how many are used', () => {
  expect(parameterFault(2, 1)).toBe('there are 1 values and the statement uses $1 to $2. Give one value for each.');
  expect(parameterFault(0, 1)).toContain('Write $1');
});
