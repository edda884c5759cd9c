import { z } from 'zod';

/** What the planner expects of a statement. */
export interface PlanCost {
  /** In the planner's unit: about one for each page read from disk in order. */
  readonly total: number;
  /** The node with the highest cost of its own, such as `Seq Scan on events`. */
  readonly costliest: string;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Total Cost': number;
  readonly 'Relation Name'?: string | undefined;
  readonly Plans?: readonly PlanNode[] | undefined;
}

const planNode: z.ZodType<PlanNode> = z.lazy(() =>
  z.looseObject({
    'Node Type': z.string(),
    'Total Cost': z.number(),
    'Relation Name': z.string().optional(),
    Plans: z.array(planNode).optional(),
  }),
);

const explainAnswer = z.tuple([z.looseObject({ Plan: planNode })]);

/**
 * Reads the answer of EXPLAIN (FORMAT JSON). A relation is named only when it is among `knownRelations`: a plan shows
 * the tables behind a view, which the caller may not know.
 */
export function readPlanCost(answer: unknown, knownRelations: ReadonlySet<string>): PlanCost {
  const [{ Plan: root }] = explainAnswer.parse(answer);
  const costliest = nodesOf(root).reduce((most, node) => (ownCost(node) > ownCost(most) ? node : most));
  return { total: root['Total Cost'], costliest: nodeName(costliest, knownRelations) };
}

function nodesOf(root: PlanNode): readonly PlanNode[] {
  return [root, ...(root.Plans ?? []).flatMap(nodesOf)];
}

function ownCost(node: PlanNode): number {
  return (node.Plans ?? []).reduce((cost, child) => cost - child['Total Cost'], node['Total Cost']);
}

function nodeName(node: PlanNode, knownRelations: ReadonlySet<string>): string {
  const relation = node['Relation Name'];
  return relation !== undefined && knownRelations.has(relation)
    ? `${node['Node Type']} on ${relation}`
    : node['Node Type'];
}
