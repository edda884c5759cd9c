/** A function of numbers, as expressions call it. */
export type Operation = (...values: number[]) => number | boolean;

/** Functions that an expression may call; each does a bounded amount of work whatever its numbers are. */
export const functions: Readonly<Record<string, Operation>> = {
  abs: Math.abs,
  acos: Math.acos,
  asin: Math.asin,
  atan: Math.atan,
  atan2: Math.atan2,
  cbrt: Math.cbrt,
  ceil: Math.ceil,
  cos: Math.cos,
  exp: Math.exp,
  floor: Math.floor,
  hypot: Math.hypot,
  ln: Math.log,
  log10: Math.log10,
  log2: Math.log2,
  max: Math.max,
  min: Math.min,
  pow: Math.pow,
  round: Math.round,
  sign: Math.sign,
  sin: Math.sin,
  sqrt: Math.sqrt,
  tan: Math.tan,
  trunc: Math.trunc,
};

/** Operators before or after one operand. */
export const unaryOperators: Readonly<Record<string, Operation>> = {
  '-': (value) => -value,
  '+': Number,
  '!': factorial,
  not: (value) => !value,
};

/** Operators between two operands. `and`, `or` and `a ? b : c` belong to the reader, which skips what is not needed. */
export const binaryOperators: Readonly<Record<string, Operation>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
  '^': Math.pow,
  '==': (left, right) => left === right,
  '!=': (left, right) => left !== right,
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** Names of numbers. */
export const constants = { PI: Math.PI, E: Math.E, true: true, false: false } as const;

/** 170! is the last that a number can hold. */
const factorialMax = 170;

function factorial(value: number): number {
  if (!Number.isInteger(value) || value < 0) return Number.NaN;
  if (value > factorialMax) return Number.POSITIVE_INFINITY;
  let product = 1;
  for (let factor = 2; factor <= value; factor += 1) product *= factor;
  return product;
}
