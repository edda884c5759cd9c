import { expect, test } from 'vitest';
import { nestingDepth } from './nesting-depth.ts';

test.for([
  ['1', 0],
  ['1 + 2 * 3 - 4', 0],
  [`1${' + 1'.repeat(100)}`, 0],
  ['x^2 + y^2 + z^2', 1],
  ['2^3^4', 2],
  ['(1)', 1],
  ['((1) + (2))', 2],
  ['max(1, (2), 3)', 2],
  ['--1', 2],
  ['2 - -1', 1],
  ['not not 1', 2],
  ['a ? b : c ? d : e', 2],
  ['(a ? b : c) + (a ? b : c)', 2],
  ['max(a ? 1 : 2, b ? 1 : 2)', 2],
  ['3! - 2', 0],
] as const)('%s is %i deep', ([expression, depth]) => {
  expect(nestingDepth(expression)).toBe(depth);
});

test('a closing parenthesis too many does no harm', () => {
  expect(nestingDepth('1))) + (2)')).toBe(1);
});
