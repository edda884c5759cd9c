import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import type { McpConnection } from '../mcp/mcp-connection.ts';
import { indexDocs } from './index-docs.ts';

const { signal } = new AbortController();
const jobId = '00000000-0000-4000-8000-000000000000';

/** A connection whose index job takes the given states, one for each question. */
function connectionWith(states: readonly string[]) {
  const calls: unknown[] = [];
  const queue = [...states];
  const connection: McpConnection = {
    async request(_method, { name, arguments: args }) {
      calls.push([name, args]);
      if (name === 'aiml__get_index_job') return { structuredContent: { status: queue.shift() ?? 'failed' } };
      return { structuredContent: { job_id: jobId } };
    },
  };
  return { connection, calls };
}

async function folderWithDocs() {
  const folder = await createRunFolder();
  mkdirSync(path.join(folder.path, 'guides'));
  writeFileSync(path.join(folder.path, 'guides', 'first steps.md'), '# One');
  writeFileSync(path.join(folder.path, 'README.md'), '# Two');
  writeFileSync(path.join(folder.path, 'picture.png'), '');
  return folder;
}

test('indexes the Markdown files under their root, and waits for the job', async () => {
  await using folder = await folderWithDocs();
  const { connection, calls } = connectionWith(['queued', 'running', 'succeeded']);

  const count = await indexDocs({ folder: folder.path, connection, signal });

  expect(count).toBe(2);
  expect(calls[1]).toEqual([
    'aiml__index_documents',
    {
      collection: 'docs',
      uris: ['file:///docs/README.md', 'file:///docs/guides/first%20steps.md'],
      source: 'repository',
      sync: true,
    },
  ]);
  expect(calls.slice(2)).toEqual(Array.from({ length: 3 }, () => ['aiml__get_index_job', { job_id: jobId }]));
});

test('fails when the job does not succeed', async () => {
  await using folder = await folderWithDocs();

  await expect(
    indexDocs({ folder: folder.path, connection: connectionWith(['partial']).connection, signal }),
  ).rejects.toThrow(`the index job ${jobId} ended as partial`);
});

test('fails with the words of a tool that answers with an error', async () => {
  await using folder = await folderWithDocs();
  const connection: McpConnection = {
    request: async () => ({ isError: true, content: [{ type: 'text', text: 'AIML_STORE_FULL: no room' }] }),
  };

  await expect(indexDocs({ folder: folder.path, connection, signal })).rejects.toThrow(
    'aiml__create_collection: AIML_STORE_FULL: no room',
  );
});

test('asks nothing when there is nothing to index', async () => {
  await using folder = await createRunFolder();
  const { connection, calls } = connectionWith([]);

  expect(await indexDocs({ folder: folder.path, connection, signal })).toBe(0);
  expect(calls).toEqual([]);
});
