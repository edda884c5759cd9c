import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { McpConnection } from '../mcp/mcp-connection.ts';

/** Where the documents are, and by whom they are indexed. */
export interface IndexDocsOptions {
  /** Folder of the documents; its Markdown files are indexed. */
  readonly folder: string;
  /** Speaks to the gateway as somebody who may write collections. */
  readonly connection: McpConnection;
  readonly signal: AbortSignal;
}

const collection = 'docs';
/** The document root of the aiml service that the folder is. */
const root = 'docs';
const pollMs = 100;
const callAnswer = z.looseObject({
  isError: z.boolean().optional(),
  content: z.array(z.looseObject({ text: z.string().optional() })).default([]),
  structuredContent: z.record(z.string(), z.unknown()).optional(),
});
const queuedJob = z.looseObject({ job_id: z.string() });
const jobState = z.looseObject({ status: z.string() });
const unfinished: ReadonlySet<string> = new Set(['queued', 'running']);

/**
 * Indexes a folder's Markdown files into the collection `docs`, over the gateway like any client, and waits for the job.
 * What did not change since the last time costs nothing (05 T-74). Answers how many documents there are.
 *
 * @throws Error with the tool's own text when a call fails.
 */
export async function indexDocs({ folder, connection, signal }: IndexDocsOptions): Promise<number> {
  const uris = markdownFiles(folder).map(documentUri);
  if (uris.length === 0) return 0;
  const call = caller(connection, signal);
  const description = 'The documentation of this repository.';
  await call('aiml__create_collection', { name: collection, description, visibility: 'shared' });
  const queued = queuedJob.parse(
    await call('aiml__index_documents', { collection, uris, source: 'repository', sync: true }),
  );
  for (;;) {
    const { status } = jobState.parse(await call('aiml__get_index_job', { job_id: queued.job_id }));
    if (status === 'succeeded') return uris.length;
    if (!unfinished.has(status)) throw new Error(`the index job ${queued.job_id} ended as ${status}`);
    await delay(pollMs, undefined, { signal });
  }
}

type Call = (tool: string, args: Readonly<Record<string, unknown>>) => Promise<unknown>;

function caller(connection: McpConnection, signal: AbortSignal): Call {
  return async (tool, args) => {
    const result = callAnswer.parse(
      await connection.request('tools/call', { name: tool, arguments: args }, { signal }),
    );
    if (result.isError !== true) return result.structuredContent;
    throw new Error(`${tool}: ${result.content.map(({ text = '' }) => text).join(' ')}`);
  };
}

function markdownFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .toSorted();
}

/** `file:///docs/guide.md` is `guide.md` below the document root `docs` of the aiml service. */
function documentUri(file: string): string {
  return `file:///${root}/${file.split(path.sep).map(encodeURIComponent).join('/')}`;
}
