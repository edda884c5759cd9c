import { NotFound } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { jobStatuses, paceOf, type IndexJob } from '../domain/indexing/index-job.ts';
import { scopeOf } from '../domain/scope.ts';
import { fields } from '../fields.ts';

const errorsPerPage = 50;

const output = z.object({
  job_id: z.string(),
  status: z.enum(jobStatuses),
  documents: z.object({ total: z.int(), done: z.int(), skipped: z.int(), failed: z.int() }),
  chunks: z.object({ embedded: z.int(), reused: z.int(), deleted: z.int() }),
  rate: z.number().describe('Chunks a second since the job began.'),
  eta_s: z.int().optional().describe('Seconds until the end, at this rate.'),
  errors: z
    .array(z.object({ uri: z.string(), code: z.string(), reason: z.string() }))
    .describe('Documents that failed; the first 1,000 are kept.'),
});

/** Shows how far an indexing job is, how fast, and which documents failed. */
export const tool = defineTool({
  name: 'get_index_job',
  title: 'Get index job',
  description: 'Show the progress of an indexing job.',
  permission: 'aiml:read',
  toolset: 'index',
  effect: 'read',
  input: z.strictObject({
    job_id: z
      .string()
      .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
      .describe('From index_documents.'),
    cursor: fields.cursor,
  }),
  output,
  parts: 'page',
  async run({ jobs, now }, { job_id: id, cursor }, context) {
    const scope = scopeOf(context.principal);
    const after = cursor === undefined ? -1 : context.cursors.open(cursor, z.int());
    const [job, found] = await Promise.all([
      jobs.find(scope, id),
      jobs.errors(scope, id, { after, limit: errorsPerPage + 1 }),
    ]);
    if (!job)
      throw new NotFound('AIML_JOB_NOT_FOUND', {
        publicMessage: 'There is no such indexing job for you.',
        fix: 'Take the job_id from the answer of index_documents.',
      });
    const errors = found.slice(0, errorsPerPage);
    const last = errors.at(-1);
    const isCut = found.length > errorsPerPage && last !== undefined;
    const pace = paceOf(job, now());
    return {
      job_id: job.id,
      status: job.status,
      documents: job.documents,
      chunks: job.chunks,
      rate: pace.rate,
      ...(pace.etaSeconds !== undefined && { eta_s: pace.etaSeconds }),
      errors: errors.map(({ uri, code, reason }) => ({
        uri: context.clean(uri, `aiml:${job.collection}`),
        code,
        reason,
      })),
      truncated: isCut,
      ...(isCut && { truncated_by: 'rows' as const, next_cursor: context.cursors.seal(last.ordinal) }),
      ...noticeOf(job),
    };
  },
});

function noticeOf({ failure, documents }: IndexJob): { readonly notice?: string } {
  if (failure) return { notice: `The job stopped with ${failure.code}: ${failure.reason}` };
  return documents.failed > 0 ? { notice: `${documents.failed} documents failed; every other one was indexed.` } : {};
}
