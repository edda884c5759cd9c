import { Refusal } from '../refusal.ts';
import { checkExplain } from './check-explain.ts';
import { checkQuery, type QueryFacts } from './check-query.ts';
import { checkShow } from './check-show.ts';
import { checkText } from './check-text.ts';
import { constructName } from './construct-name.ts';
import { parseStatement } from './parse-statement.ts';
import type { SqlCatalog } from './sql-catalog.ts';
import { itemsOf, taggedNode, type TreeNode } from './syntax-tree.ts';

/** What is known of a statement that may run. */
export interface Verdict extends QueryFacts {
  readonly kind: 'select' | 'explain' | 'show';
  /** Whether the outermost SELECT has ORDER BY: only then do pages of it fit together. */
  readonly isOrdered: boolean;
}

const noFacts: QueryFacts = { relations: new Set(), parameterCount: 0 };

/**
 * Decides whether a statement may run, from its syntax tree and the database's catalog (06 S-23 to S-26). This is one
 * wall of five: the tree cannot see functions inside views, operators and casts, which the role's rights hold back.
 *
 * @throws Refusal of any `SQL_` code.
 */
export function judgeStatement(sql: string, catalog: SqlCatalog): Verdict {
  checkText(sql);
  const statement = parseStatement(sql);
  const select = taggedNode(statement, 'SelectStmt');
  if (select !== undefined) {
    return { kind: 'select', isOrdered: itemsOf(select['sortClause']).length > 0, ...checkQuery(statement, catalog) };
  }
  const explain = taggedNode(statement, 'ExplainStmt');
  if (explain !== undefined)
    return { kind: 'explain', isOrdered: false, ...checkQuery(checkExplain(explain), catalog) };
  const show = taggedNode(statement, 'VariableShowStmt');
  if (show === undefined) throw notReadOnly(statement);
  checkShow(show);
  return { kind: 'show', isOrdered: false, ...noFacts };
}

function notReadOnly(statement: TreeNode): Refusal {
  const construct = constructName(Object.keys(statement)[0] ?? '');
  return new Refusal(
    'SQL_NOT_READ_ONLY',
    `${construct} is not allowed. Send one SELECT (also WITH, VALUES or TABLE), EXPLAIN of one without ANALYZE, or SHOW of a setting.`,
    { construct },
  );
}
