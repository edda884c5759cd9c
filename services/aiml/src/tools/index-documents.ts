import { NotFound } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import { checkIndexing, type CheckedIndexing } from '../access/check-indexing.ts';
import { defineTool } from '../define-tool.ts';
import { jobStatuses } from '../domain/indexing/index-job.ts';
import { documentUri } from '../domain/retrieval/citation.ts';
import { scopeOf } from '../domain/scope.ts';
import { fields } from '../fields.ts';

/** A small job is answered when it is done; a large one as soon as this is over. The job goes on either way. */
const followMs = 5_000;
const linksMax = 5;

const document = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/)
    .optional(),
  title: z.string().min(0).max(500).optional(),
  text: z.string().min(1).max(2_097_152).optional(),
  uri: z.string().min(1).max(2_048).optional(),
  mime: z.string().min(1).max(100).optional(),
  metadata: z
    .record(z.string(), z.union([z.string().min(0).max(1_024), z.number(), z.boolean()]))
    .refine((values) => Object.keys(values).length <= 16, 'has more than 16 values')
    .meta({ maxProperties: 16 })
    .optional(),
});

const input = z.strictObject({
  collection: fields.collection,
  documents: z
    .array(document)
    .min(1)
    .max(100)
    .optional()
    .describe('Each with text or uri. Give an id to be able to replace it.'),
  uris: z
    .array(z.string().min(1).max(2_048))
    .min(1)
    .max(10_000)
    .optional()
    .describe('Files below the document roots: file:///docs/guide.md.'),
  source: z.string().min(1).max(100).optional().describe('Label under which the documents belong together.'),
  sync: z.boolean().default(false).describe('Delete documents of this source that are not listed.'),
  allow_mass_delete: z.boolean().default(false).describe('Let sync delete over a fifth of a source.'),
  rebuild: z.boolean().default(false).describe('Make the index of the collection anew from its stored documents.'),
});

/** Queues documents, or a rebuild, and follows the job for a moment. Cancelling the call does not cancel the job. */
export const tool = defineTool({
  name: 'index_documents',
  title: 'Index documents',
  description: 'Queue documents for parsing, chunking, embedding and indexing.',
  permission: 'aiml:write',
  toolset: 'index',
  effect: 'write',
  idempotent: true,
  input,
  output: z.object({ job_id: z.string(), status: z.enum(jobStatuses), accepted: z.int(), duplicates: z.int() }),
  async plan(deps, values, { principal }) {
    const { collection, work, accepted, duplicates, unlisted } = await checkIndexing(deps, principal, values);
    return { collection: collection.name, work: work.kind, accepted, duplicates, would_delete: unlisted };
  },
  async run(deps, values, context) {
    const checked = await checkIndexing(deps, context.principal, values);
    const { collection, work, accepted, duplicates } = checked;
    const scope = scopeOf(context.principal);
    const id = deps.newId();
    const { source, sync, allow_mass_delete: allowMassDelete } = values;
    const { isQueued, behind } = await deps.jobs.enqueue(scope, {
      id,
      collectionId: collection.id,
      work,
      source,
      sync,
      allowMassDelete,
      queuedAt: deps.now(),
    });
    if (!isQueued) throw collectionGone(collection.name);
    deps.runner.wake();
    for (const link of linksOf(checked)) context.attach(link);
    const job = await deps.runner.follow(scope, id, {
      waitMs: followMs,
      signal: context.signal,
      onProgress: ({ documents: { done, skipped, failed, total } }) => context.progress(done + skipped + failed, total),
    });
    const status = job?.status ?? 'queued';
    return { job_id: id, status, accepted, duplicates, ...noticeOf(status, behind) };
  },
});

function collectionGone(name: string): NotFound {
  return new NotFound('AIML_COLLECTION_NOT_FOUND', {
    publicMessage: `The collection "${name}" has just been removed.`,
    fix: 'Create it again, or choose another one.',
  });
}

function noticeOf(status: (typeof jobStatuses)[number], behind: string | undefined): { readonly notice?: string } {
  if (status === 'queued' && behind !== undefined)
    return { notice: `It waits for job ${behind} of the same collection. Call get_index_job for its progress.` };
  if (status === 'succeeded') return {};
  return {
    notice:
      status === 'partial' || status === 'failed'
        ? 'Not everything was indexed. Call get_index_job for the reasons.'
        : 'Call get_index_job for its progress.',
  };
}

function linksOf({
  collection,
  work,
}: CheckedIndexing): readonly { readonly type: 'resource_link'; readonly uri: string; readonly name: string }[] {
  if (work.kind === 'rebuild') return [];
  return work.documents.slice(0, linksMax).map(({ id, title, uri }) => ({
    type: 'resource_link',
    uri: documentUri(collection.name, id),
    name: title ?? uri,
  }));
}
