import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../refusal.ts';
import { parseStatement } from './parse-statement.ts';
import { itemsOf, taggedNode, textOf } from './syntax-tree.ts';

/** What stands before the caller's text. */
export const costPrefix = 'EXPLAIN (FORMAT JSON) ';

/**
 * The statement that asks Postgres what a query would cost, without running it. The caller's text has been judged as
 * one SELECT; the whole is parsed again and must be exactly our EXPLAIN over a SELECT, so that no text can bring options
 * of its own (06 S-30).
 *
 * @throws Refusal `SQL_SYNTAX` when it is anything else.
 */
export function costStatement(sql: string): string {
  const whole = costPrefix + sql;
  const explain = taggedNode(parseStatement(whole), 'ExplainStmt');
  const options = itemsOf(explain?.['options']).map((option) => {
    const element = taggedNode(option, 'DefElem');
    return [textOf(element?.['defname']), textOf(taggedNode(element?.['arg'], 'String')?.['sval'])];
  });
  const isOurs =
    isDeepStrictEqual(options, [['format', 'json']]) && taggedNode(explain?.['query'], 'SelectStmt') !== undefined;
  if (!isOurs)
    throw new Refusal('SQL_SYNTAX', 'The statement does not read as one SELECT when it is explained. Rewrite it.');
  return whole;
}
