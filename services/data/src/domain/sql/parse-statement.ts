import { hasSqlDetails, parseSync } from 'libpg-query';
import { Refusal } from '../refusal.ts';
import { checkNesting } from './check-nesting.ts';
import { isNode, itemsOf, type TreeNode, type TreeValue } from './syntax-tree.ts';

/**
 * Parses text that must hold exactly one statement, with the grammar of Postgres 18 itself. The text has passed
 * `checkText`.
 * `loadModule()` of libpg-query must have been awaited before.
 *
 * @throws Refusal `SQL_SYNTAX`, `SQL_MULTIPLE_STATEMENTS`, `SQL_TOO_COMPLEX`.
 */
export function parseStatement(sql: string): TreeNode {
  checkNesting(sql);
  const statements = itemsOf(parseTree(sql)['stmts']);
  const [first] = statements;
  if (statements.length > 1) {
    throw new Refusal(
      'SQL_MULTIPLE_STATEMENTS',
      `The text holds ${statements.length} statements and one is allowed. Send each SELECT in its own call.`,
    );
  }
  const statement = isNode(first) ? first['stmt'] : undefined;
  if (!isNode(statement)) throw new Refusal('SQL_SYNTAX', 'The text holds no statement. Send one SELECT.');
  return statement;
}

function parseTree(sql: string): TreeNode {
  try {
    const parsed: unknown = parseSync(sql);
    // The one narrowing of the parser: its answer is JSON, which is what TreeNode describes.
    const tree = parsed as TreeValue;
    return isNode(tree) ? tree : {};
  } catch (error) {
    throw asRefusal(error);
  }
}

function asRefusal(error: unknown): unknown {
  if (!hasSqlDetails(error)) return error;
  if (error.message.startsWith('memory exhausted')) {
    return new Refusal('SQL_TOO_COMPLEX', 'The statement nests too deep. Split it into simpler ones.');
  }
  const position = (error.sqlDetails?.cursorPosition ?? 0) + 1;
  return new Refusal('SQL_SYNTAX', `Postgres cannot read the statement: ${error.message} (character ${position}).`, {
    position,
  });
}
