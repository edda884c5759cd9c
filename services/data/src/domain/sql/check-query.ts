import { Refusal } from '../refusal.ts';
import { checkFunction } from './check-function.ts';
import { checkQualifiedName } from './check-qualified-name.ts';
import { checkRelation } from './check-relation.ts';
import { constructName } from './construct-name.ts';
import type { CteScope } from './cte-scope.ts';
import { permittedNodes } from './permitted-nodes.ts';
import type { SqlCatalog } from './sql-catalog.ts';
import { nameParts, nameOf, type TreeNode } from './syntax-tree.ts';
import { walkTree } from './walk-tree.ts';

/** What a query uses, gathered while it is checked. */
export interface QueryFacts {
  /** Relations as the caller wrote them, without WITH names. */
  readonly relations: ReadonlySet<string>;
  /** The highest `$n`; 0 when there is none. */
  readonly parameterCount: number;
}

/**
 * Checks a whole query: every node is on the list of permitted ones, and every function, relation, operator, type and
 * collation that it names passes its own rule. Fields are judged by what they hold, not by the node that they should
 * be in, so that a node without a tag is not overlooked.
 *
 * @throws Refusal of any `SQL_` code but `SQL_SYNTAX`.
 */
export function checkQuery(query: TreeNode, catalog: SqlCatalog): QueryFacts {
  const relations = new Set<string>();
  let parameterCount = 0;
  walkTree(query, (node, scope) => {
    checkNode(node);
    checkNames(node, catalog);
    if ('relname' in node && !isCteName(node, scope)) {
      checkRelation(node, catalog);
      relations.add(nameOf(node['relname']));
    }
    if (typeof node['number'] === 'number') parameterCount = Math.max(parameterCount, node['number']);
  });
  return { relations, parameterCount };
}

function checkNode(node: TreeNode): void {
  for (const key of Object.keys(node)) {
    if (isTag(key) && !permittedNodes.has(key)) throw notReadOnly(constructName(key));
  }
  // The field holds a node without a tag.
  if ('intoClause' in node) throw notReadOnly('SELECT INTO');
}

function checkNames(node: TreeNode, catalog: SqlCatalog): void {
  if ('funcname' in node) checkFunction(node, catalog);
  if ('names' in node) checkQualifiedName('type', nameParts(node['names']), catalog);
  checkQualifiedName('collation', nameParts(node['collname']), catalog);
  for (const field of ['name', 'operName', 'useOp']) checkQualifiedName('operator', nameParts(node[field]), catalog);
  if ('method' in node && 'relation' in node) checkSampleMethod(nameParts(node['method']));
}

/** TABLESAMPLE calls a handler function that extensions can add. */
function checkSampleMethod(method: readonly string[]): void {
  const name = method.at(-1) ?? '';
  if (method.length === 1 && (name === 'system' || name === 'bernoulli')) return;
  throw new Refusal('SQL_FUNCTION_DENIED', 'TABLESAMPLE allows the methods SYSTEM and BERNOULLI.');
}

function isCteName(relation: TreeNode, scope: CteScope): boolean {
  return relation['schemaname'] === undefined && scope.has(nameOf(relation['relname']));
}

function isTag(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 65 && first <= 90;
}

function notReadOnly(construct: string): Refusal {
  return new Refusal(
    'SQL_NOT_READ_ONLY',
    `${construct} is not allowed. Send one SELECT (also WITH, VALUES or TABLE) that only reads, EXPLAIN of one without ANALYZE, or SHOW of a setting.`,
    { construct },
  );
}
