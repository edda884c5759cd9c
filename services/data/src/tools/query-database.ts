import type { CallContext } from '@fairlead/server-kit';
import { z } from 'zod';
import { chooseDatabase } from '../choose-database.ts';
import { cleanRows } from '../clean-rows.ts';
import { defineTool } from '../define-tool.ts';
import type { QueryLimits } from '../deps.ts';
import { writeCsv } from '../domain/sql/csv.ts';
import { parameterFault } from '../domain/sql/parameter-fault.ts';
import { pageEnd, type PageEnd } from '../domain/sql/page-end.ts';
import { cursorField, databaseField } from '../input-fields.ts';
import { invalidArgument } from '../invalid-argument.ts';
import { withPublicRefusals } from '../public-refusal.ts';

const scalar = z.union([z.string().min(0).max(65_536), z.number(), z.boolean(), z.null()]);
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const position = z.strictObject({ skip: z.int().min(1) });

/** Runs one read-only statement behind the five walls of 06 §3.1. Pages run it again and skip, if it has an order. */
export const tool = defineTool({
  name: 'query_database',
  title: 'Query database',
  description: 'Run one read-only SQL statement and return its rows.',
  permission: 'data:read',
  toolset: 'query',
  effect: 'read',
  parts: 'page',
  // Longer than any statement may run, so that the answer of a slow one is that of the database.
  timeoutMs: 45_000,
  input: z.strictObject({
    sql: z.string().min(1).max(65_536).describe('One SELECT, EXPLAIN or SHOW in the dialect of Postgres.'),
    params: z.array(scalar).max(100).optional().describe('Values of $1 to $n.'),
    database: databaseField,
    max_rows: z.int().min(1).optional().describe("Most rows; the server's cap counts if it is lower."),
    cursor: cursorField,
  }),
  output: z.object({
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
    rows: z.array(z.array(cell)),
    row_count: z.int(),
    elapsed_ms: z.number(),
  }),
  clamped: { max_rows: ({ limits }) => limits.rowsMax },
  text: ({ columns, rows }) => writeCsv(columns, rows),
  async run({ databases, limits, clock }, { sql, params = [], database: id, max_rows: rowsMax, cursor }, context) {
    const database = chooseDatabase(databases, id);
    const startedMs = clock.monotonicMs();
    const skip = openPosition(context, cursor, limits);
    return withPublicRefusals(async () => {
      const verdict = (await database.guard()).judge(sql);
      checkParameters(verdict.parameterCount, params.length);
      const page = await database.read(
        { ...limits, sql, verdict, params, skip, rowsMax: rowsMax ?? limits.rowsMax },
        context,
      );
      const end = pageEnd(page, { skip, isOrdered: verdict.isOrdered, ...limits });
      return {
        columns: page.columns.map(({ name, type }) => ({ name: context.clean(name, source(database.info.id)), type })),
        rows: cleanRows(page.rows, { context, source: source(database.info.id) }),
        row_count: page.rows.length,
        elapsed_ms: Math.round(clock.monotonicMs() - startedMs),
        ...wireEnd(end, context),
      };
    });
  },
});

function source(database: string): string {
  return `database:${database}`;
}

function openPosition(context: CallContext, cursor: string | undefined, limits: QueryLimits): number {
  return cursor === undefined ? 0 : Math.min(context.cursors.open(cursor, position).skip, limits.pageOffsetMax);
}

function checkParameters(parameterCount: number, given: number): void {
  const fault = parameterFault(parameterCount, given);
  if (fault !== undefined) throw invalidArgument('params', fault);
}

function wireEnd({ cutBy, nextSkip, notice }: PageEnd, { cursors }: CallContext) {
  return {
    truncated: cutBy !== undefined,
    ...(cutBy !== undefined && { truncated_by: cutBy }),
    ...(nextSkip !== undefined && { next_cursor: cursors.seal({ skip: nextSkip }) }),
    ...(notice !== undefined && { notice }),
  };
}
