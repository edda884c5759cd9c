import { Refusal } from '../refusal.ts';
import { isNode, itemsOf, taggedNode, textOf, type TreeNode } from './syntax-tree.ts';

/** Options that only change what EXPLAIN prints. ANALYZE is not among them in any spelling or value: it runs the statement. */
const printingOptions: ReadonlySet<string> = new Set([
  'buffers',
  'costs',
  'format',
  'generic_plan',
  'memory',
  'summary',
  'verbose',
]);

/**
 * Checks an EXPLAIN and gives the query under it, which is checked like any other.
 *
 * @throws Refusal `SQL_NOT_READ_ONLY` for ANALYZE, for other options, and for anything but a SELECT under it (06 S-23).
 */
export function checkExplain(explain: TreeNode): TreeNode {
  for (const option of itemsOf(explain['options'])) {
    const name = textOf(taggedNode(option, 'DefElem')?.['defname'])?.toLowerCase() ?? '';
    if (!printingOptions.has(name)) throw notReadOnly(`EXPLAIN with the option ${name.toUpperCase()}`);
  }
  const query = explain['query'];
  if (!isNode(query) || taggedNode(query, 'SelectStmt') === undefined)
    throw notReadOnly('EXPLAIN of anything but a SELECT');
  return query;
}

function notReadOnly(construct: string): Refusal {
  return new Refusal(
    'SQL_NOT_READ_ONLY',
    `${construct} is not allowed. EXPLAIN takes one SELECT and the options ${[...printingOptions].join(', ')}.`,
    { construct },
  );
}
