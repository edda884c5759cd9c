import { ServiceError, systemClock } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import { createExpressionEvaluator } from './expression-evaluator.ts';

const evaluate = createExpressionEvaluator(systemClock);

test.for([
  ['2 + 3 * 4', 14],
  ['2^3^2', 512],
  ['-2^2', -4],
  ['(1 + 0.03)^2 * 100', 106.09],
  ['5!', 120],
  ['0!', 1],
  ['170! / 169!', 170],
  ['10 % 4', 2],
  ['max(1, 2, 3) - min(4, 5)', -1],
  ['hypot(3, 4)', 5],
  ['sqrt(16) + ln(E) + log10(1000) + log2(8)', 11],
  ['round(2.5) + trunc(-1.5)', 2],
  ['PI > 3 ? 1 : 2', 1],
  ['1 < 2 and not (2 < 1)', true],
  ['false or 1 == 1', true],
  ['0x10 + 0b11', 19],
  ['1e3 + .5', 1000.5],
  ['1 /* a note */ + 1', 2],
] as const)('%s is %s', ([expression, value]) => {
  const result = evaluate(expression, {});

  expect(typeof result).toBe(typeof value);
  expect(Number(result)).toBeCloseTo(Number(value), 9);
});

test('reads the variables that it is given', () => {
  expect(evaluate('price * (1 + rate)', { price: 200, rate: 0.2 })).toBeCloseTo(240, 9);
});

// 06 S-41: one attack a line; each is refused and leaves nothing behind.
test.for([
  'x = 5',
  'f(x) = x * 2',
  'a.b',
  'sqrt.constructor',
  'sqrt.constructor(1)',
  '(1).constructor',
  'constructor',
  'constructor(1)',
  'toString',
  'toString()',
  'valueOf()',
  '__proto__',
  'hasOwnProperty(1)',
  '"text"',
  "'text' + 1",
  '[1, 2, 3]',
  '1; 2',
  '1 || 2',
  '1 in 2',
  'random()',
  'length 5',
  'map(sqrt, 1)',
  'fold(max, 0, 1)',
  'process',
  'globalThis',
  'sqrt',
  'max',
  'sqrt + 1',
  'unknown + 1',
  'unknown(1)',
  '1 +',
  '* 2',
  '()',
  '1 2',
  '(1',
  '1)',
  '\u0000',
  '２ + ２',
  '`1`',
  '$x',
  ' ',
  '/*',
])('refuses %j', (expression) => {
  expect(() => evaluate(expression, {})).toThrow(expect.objectContaining({ code: 'CALC_SYNTAX' }));
});

test.for([{ PI: 3 }, { sqrt: 1 }])('refuses the variables %j, which would not be looked at', (variables) => {
  expect(() => evaluate('1', variables)).toThrow(expect.objectContaining({ code: 'CALC_SYNTAX' }));
});

test('a variable called like a part of every object is a variable', () => {
  const variables = { ...JSON.parse('{"toString": 4}') };

  expect(evaluate('toString + 1', variables)).toBe(5);
});

test.for(['1 / 0', '0 / 0', 'sqrt(-1)', 'ln(0)', '10^400', '171!', '1.5!', '(-1)!', 'max() + 1', '9^9^9^9'])(
  '%s has no finite result',
  (expression) => {
    expect(() => evaluate(expression, {})).toThrow(expect.objectContaining({ code: 'CALC_NOT_FINITE' }));
  },
);

// 06 S-41: 50 levels pass, one more is refused before the text is parsed.
test.for([
  ['parentheses', '(', '1', ')'],
  ['signs', '-', '1', ''],
  ['powers', '1^', '1', ''],
  ['conditionals', '1?1:', '1', ''],
] as const)('takes 50 levels of %s and refuses 51', ([, before, middle, after]) => {
  const nested = (levels: number): string => `${before.repeat(levels)}${middle}${after.repeat(levels)}`;

  expect(evaluate(nested(50), {})).toBe(1);
  expect(() => evaluate(nested(51), {})).toThrow(expect.objectContaining({ code: 'CALC_SYNTAX' }));
});

// Longest inputs of their kind, 500 characters each: none may hold the process.
test.for([
  `1${'+1'.repeat(249)}`,
  `${'9!+'.repeat(166)}1`,
  `${'170!*'.repeat(99)}0`,
  `${'/**/'.repeat(124)}1`,
  `hypot(${'9,'.repeat(246)}9)`,
  '('.repeat(500),
  'not '.repeat(125),
  '1?'.repeat(250),
  '0'.repeat(500),
  `1e${'9'.repeat(498)}`,
])('S-41: answers within 50 ms, whatever it says, to %s', (expression) => {
  expect(expression.length).toBeLessThanOrEqual(500);
  const startedMs = performance.now();

  const answer = answerTo(expression);

  expect(performance.now() - startedMs).toBeLessThan(50);
  expect(answer).toMatch(/^(number|CALC_SYNTAX|CALC_NOT_FINITE)$/);
});

function answerTo(expression: string): string {
  try {
    return typeof evaluate(expression, {});
  } catch (error) {
    return ServiceError.is(error) ? error.code : String(error);
  }
}

test('ends an evaluation at its time limit', () => {
  let elapsedMs = 0;
  const slow = createExpressionEvaluator({ ...systemClock, monotonicMs: () => (elapsedMs += 20) });

  expect(() => slow('1 + 2 + 3 + 4', {})).toThrow(expect.objectContaining({ code: 'LIMIT_TIMEOUT' }));
  expect(slow('1', {})).toBe(1);
});
