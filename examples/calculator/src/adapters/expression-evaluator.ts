import { InvalidInput, ServiceError, Timeout, type Clock } from '@fairlead/server-kit/runtime';
import { Parser, type Expression } from 'expr-eval-fork';
import type { CalculatorDeps, Variables } from '../deps.ts';
import { binaryOperators, constants, functions, unaryOperators, type Operation } from '../domain/arithmetic.ts';
import { nestingDepth } from '../domain/nesting-depth.ts';

/** Longest evaluation (06 S-41). With these bounds it takes microseconds; the limit holds whatever the library does. */
const timeMsMax = 50;
const depthMax = 50;
/** No quotes, brackets, semicolons: without them there are no texts, lists or statements. */
const arithmeticText = /^[\w\s.,+\-*/%^!<>=?:()]*$/;

/**
 * Evaluates expressions with expr-eval-fork, cut down to arithmetic: our functions only, no member access, no assignment,
 * no function definition (06 S-41).
 */
export function createExpressionEvaluator(clock: Clock): CalculatorDeps['evaluate'] {
  // An evaluation never waits, so there is one at a time and one moment at which it must be over.
  let endMs = 0;
  const checkTime = (): void => {
    if (clock.monotonicMs() > endMs) throw tooSlow();
  };
  const parser = createParser(checkTime);
  return (expression, variables) => {
    endMs = clock.monotonicMs() + timeMsMax;
    checkVariables(variables);
    const value = readOrRefuse(() => {
      const parsed = parse(parser, expression);
      checkNames(parsed, variables);
      const result: unknown = parsed.evaluate({ ...variables });
      checkTime();
      return result;
    });
    if (typeof value !== 'number' && typeof value !== 'boolean') throw syntaxError('it gives no number');
    if (!Number.isFinite(Number(value))) throw notFinite();
    return value;
  };
}

function createParser(checkTime: () => void): Parser {
  const refused = { assignment: false, fndef: false, concatenate: false, in: false, array: false };
  const parser = new Parser({ allowMemberAccess: false, operators: refused });
  const guard = (table: Readonly<Record<string, Operation>>) => bare(guarded(table, checkTime));
  // The library looks names up with `in`, which also finds what every object inherits, such as `constructor`.
  return Object.assign(parser, {
    unaryOps: guard(unaryOperators),
    binaryOps: bare({ ...guarded(binaryOperators, checkTime), and: Boolean, or: Boolean }),
    ternaryOps: bare({ '?': Boolean }),
    functions: guard(functions),
    consts: bare({ ...constants }),
  });
}

function guarded(table: Readonly<Record<string, Operation>>, checkTime: () => void): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(table).map(([name, operation]) => [
      name,
      (...values) => {
        checkTime();
        return operation(...values);
      },
    ]),
  );
}

function bare<Table extends object>(table: Table): Table {
  Object.setPrototypeOf(table, null);
  return table;
}

function parse(parser: Parser, expression: string): Expression {
  if (!arithmeticText.test(expression)) throw syntaxError('it holds a character that arithmetic does not use');
  if (nestingDepth(expression) > depthMax) throw syntaxError(`it is nested deeper than ${depthMax} levels`);
  return parser.parse(expression);
}

function checkVariables(variables: Variables): void {
  const taken = Object.keys(variables).find((name) => Object.hasOwn(functions, name) || Object.hasOwn(constants, name));
  if (taken !== undefined) throw syntaxError(`${taken} is the name of a function or constant, not of a variable`);
}

function checkNames(parsed: Expression, variables: Variables): void {
  const unknown = parsed.variables().find((name) => !Object.hasOwn(variables, name));
  if (unknown !== undefined) throw syntaxError(`${unknown} is neither a variable nor a function`);
}

/** The library throws plain errors about the text; what it says of its own inside is not passed on. */
function readOrRefuse<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (ServiceError.is(error)) throw error;
    const position = error instanceof Error ? /^parse error \[\d+:(\d+)\]/.exec(error.message)?.[1] : undefined;
    throw syntaxError(
      position === undefined ? 'it is not complete arithmetic' : `column ${position} is not understood`,
      error,
    );
  }
}

function syntaxError(reason: string, cause?: unknown): InvalidInput {
  return new InvalidInput('CALC_SYNTAX', {
    publicMessage: `The expression cannot be evaluated: ${reason}.`,
    fix: `Use numbers, + - * / % ^ !, parentheses, comparisons, a ? b : c, PI, E, your variables, and ${Object.keys(functions).join(', ')}.`,
    cause,
  });
}

function notFinite(): InvalidInput {
  return new InvalidInput('CALC_NOT_FINITE', {
    publicMessage: 'The expression has no finite result: it divides by zero, overflows, or leaves the real numbers.',
    fix: 'Check the divisors, roots, logarithms and exponents.',
  });
}

function tooSlow(): Timeout {
  return new Timeout('LIMIT_TIMEOUT', {
    publicMessage: `The evaluation took longer than ${timeMsMax} ms. Nothing was changed.`,
    fix: 'Split the expression and evaluate its parts.',
  });
}
