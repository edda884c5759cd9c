import { Refusal } from '../refusal.ts';
import { CteScope } from './cte-scope.ts';
import { isNode, itemsOf, taggedNode, nameOf, type TreeNode, type TreeValue } from './syntax-tree.ts';

/** Deepest tree that is looked at, in objects: some 1,000 chained operators or 2,000 UNIONs. */
const treeDepthMax = 2_000;

interface Step {
  readonly value: TreeValue;
  readonly scope: CteScope;
  readonly depth: number;
}

/**
 * Shows every object of a tree to `visit`, in the order of the text, with the WITH names that are in scope there.
 * It goes through **every** field and list: functions in FROM sit in other nodes than functions in SELECT, and a walk
 * that knows only some of them is a hole (CVE-2026-85620). It has no recursion, so a deep tree cannot overflow it.
 *
 * @throws Refusal `SQL_TOO_COMPLEX` below 2,000 levels, and whatever `visit` throws.
 */
export function walkTree(root: TreeNode, visit: (node: TreeNode, scope: CteScope) => void): void {
  const steps: Step[] = [{ value: root, scope: CteScope.empty, depth: 0 }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if (step.depth > treeDepthMax)
      throw new Refusal('SQL_TOO_COMPLEX', 'The statement nests too deep. Split it into simpler ones.');
    const { value } = step;
    if (isNode(value)) visit(value, step.scope);
    for (const next of childSteps(step).toReversed()) steps.push(next);
  }
}

function childSteps(step: Step): readonly Step[] {
  const { value, scope } = step;
  const depth = step.depth + 1;
  if (Array.isArray(value))
    return itemsOf(value)
      .filter(isObject)
      .map((item) => ({ value: item, scope, depth: step.depth }));
  if (!isNode(value)) return [];
  const withClause = value['withClause'];
  if (!isNode(withClause))
    return Object.values(value)
      .filter(isObject)
      .map((child) => ({ value: child, scope, depth }));
  return stepsUnderWith(value, withClause, { scope, depth });
}

/**
 * A WITH clause names its queries for the rest of its statement. In a plain WITH a query sees only those before it, so
 * in `with pg_authid as (select * from pg_authid) ...` the inner name is the real table; in WITH RECURSIVE all see all.
 */
function stepsUnderWith(
  statement: TreeNode,
  withClause: TreeNode,
  at: { scope: CteScope; depth: number },
): readonly Step[] {
  const queries = itemsOf(withClause['ctes']);
  const names = queries.map((query) => nameOf(taggedNode(query, 'CommonTableExpr')?.['ctename']));
  const whole = at.scope.with(names);
  const isRecursive = withClause['recursive'] === true;
  const querySteps = queries.map((query, index) => ({
    value: query,
    scope: isRecursive ? whole : at.scope.with(names.slice(0, index)),
    depth: at.depth,
  }));
  const { withClause: _, ...rest } = statement;
  return [
    ...querySteps,
    ...Object.values(rest)
      .filter(isObject)
      .map((value) => ({ value, scope: whole, depth: at.depth })),
  ];
}

function isObject(value: TreeValue): value is TreeNode | readonly TreeValue[] {
  return typeof value === 'object' && value !== null;
}
