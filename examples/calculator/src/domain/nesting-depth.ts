/** A run of letters and digits, or one sign. */
const tokens = /[\w.]+|\S/g;
const lesserOperators: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%', '<', '>', '=']);

interface Level {
  readonly base: number;
  readonly branches: number;
}

/**
 * How deep an expression is nested: open parentheses, and within them conditionals, powers and signs that hang on each
 * other. A sum of a hundred terms has depth 0. Read from the text, so that a reader that recurses is asked afterwards.
 */
export function nestingDepth(expression: string): number {
  const outer: Level[] = [];
  let level: Level = { base: 0, branches: 0 };
  let chain = 0;
  let deepest = 0;
  let expectsOperand = true;
  for (const [token] of expression.matchAll(tokens)) {
    if (token === '(') {
      outer.push(level);
      level = { base: level.base + level.branches + chain + 1, branches: 0 };
      chain = 0;
    } else if (token === ')') {
      level = outer.pop() ?? level;
      chain = 0;
    } else if (token === '?') level = { ...level, branches: level.branches + 1 };
    else if (token === ',') level = { ...level, branches: 0 };
    else if (token === '^' || token === 'not' || (expectsOperand && /[+-]/.test(token))) chain += 1;
    else if (lesserOperators.has(token)) chain = 0;
    expectsOperand = !/^[\w.)]|!$/.test(token) || token === 'not';
    deepest = Math.max(deepest, level.base + level.branches + chain);
  }
  return deepest;
}
