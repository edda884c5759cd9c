import { scanSync } from 'libpg-query';
import { Refusal } from '../refusal.ts';

/** Most keywords and operators in one statement. */
export const nestingTokensMax = 2_500;

/** Deepest nesting of brackets in one statement. */
const bracketDepthMax = 300;

/** Above this many words, operators and brackets a statement is refused before it is scanned: scanning costs 5 ms per 1,000 tokens. */
const roughTokensMax = 12_000;

/** Text this short cannot nest too deep: the densest construct, `+1`, takes two characters a level. */
const harmlessCharsMax = 2 * bracketDepthMax;

const wordOrOperator = /[A-Za-z_]+|[-+*/<>=~!@#%^&|`?:]+/g;
const openBracket = /[([]/g;
const ignoredTokens = new Set(['SQL_COMMENT', 'C_COMMENT']);

/**
 * Refuses a statement that could overflow the parser's stack.
 *
 * The parser is WebAssembly: an overflow does not unwind its own stack, and some fifty of them leave it broken for the
 * rest of the process (measured with libpg-query 18.1.5; the first overflow comes at 5,590 levels of `COLLATE`, 2,400 to
 * 3,200 of subqueries). So the depth is bounded before the parse, from the flat list of tokens (06 S-23).
 *
 * @throws Refusal `SQL_TOO_COMPLEX`.
 */
export function checkNesting(sql: string): void {
  if (sql.length <= harmlessCharsMax) return;
  // Counted in the raw text, strings and comments included: this can only count too many, never too few.
  const tokens = countMatches(sql, wordOrOperator);
  const brackets = countMatches(sql, openBracket);
  if (tokens <= nestingTokensMax && brackets <= bracketDepthMax) return;
  if (tokens + brackets > roughTokensMax) throw tooComplex();
  checkTokens(sql);
}

function checkTokens(sql: string): void {
  let depth = 0;
  let nestingTokens = 0;
  for (const token of scanSync(sql).tokens) {
    depth += bracketStep(token.text);
    if (isNesting(token.tokenName, token.keywordKind, token.text)) nestingTokens += 1;
    if (depth > bracketDepthMax || nestingTokens > nestingTokensMax) throw tooComplex();
  }
}

function bracketStep(text: string): number {
  if (text === '(' || text === '[') return 1;
  return text === ')' || text === ']' ? -1 : 0;
}

function isNesting(tokenName: string, keywordKind: number, text: string): boolean {
  if (ignoredTokens.has(tokenName)) return false;
  return keywordKind !== 0 || /^[-+*/<>=~!@#%^&|`?:]/.test(text);
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function tooComplex(): Refusal {
  return new Refusal(
    'SQL_TOO_COMPLEX',
    `The statement nests too deep or has more than ${nestingTokensMax} keywords and operators. Split it, or use IN with a list instead of a chain of OR or UNION.`,
  );
}
