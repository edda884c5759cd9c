import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestService } from '@fairlead/server-kit/testing';
import { connectV2 } from '@fairlead/testkit/clients';
import { expect, test } from 'vitest';
import { service } from './service.ts';

/** The five tools and the roles of 05 §4 that may call each. */
const roles = {
  admin: { allow: ['*'], deny: [] },
  analyst: { allow: ['aiml:read', 'aiml:infer'], deny: [] },
};

test('serves its tools by role, counts what it does, and is ready', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-aiml-service-'));
  await using running = await startTestService(service, {
    roles,
    environment: { AIML_VECTOR_PATH: join(folder, 'state', 'vectors.db') },
  });
  await using admin = await connectV2(running.mcpUrl, {
    headers: { authorization: `Bearer ${running.keys['admin']}` },
  });
  await using analyst = await connectV2(running.mcpUrl, {
    headers: { authorization: `Bearer ${running.keys['analyst']}` },
  });

  expect((await admin.listTools()).map(({ name }) => name).toSorted()).toEqual([
    'create_collection',
    'get_index_job',
    'index_documents',
    'list_collections',
    'search_documents',
  ]);
  expect((await analyst.listTools()).map(({ name }) => name).toSorted()).toEqual([
    'get_index_job',
    'list_collections',
    'search_documents',
  ]);

  await admin.callTool('create_collection', { name: 'docs' });
  await admin.callTool('index_documents', {
    collection: 'docs',
    documents: [{ id: 'a', text: 'words to find' }, { uri: 'file:///docs/no-such-file.md' }],
  });
  await analyst.callTool('search_documents', { query: 'words' });
  await analyst.callTool('search_documents', { query: '?' });

  expect(await ownMetrics(running.opsUrl)).toEqual({
    'fairlead_index_chunks_total outcome=embedded': 1,
    'fairlead_index_errors_total code=AIML_DOCUMENT_NOT_FOUND': 1,
    'fairlead_search_seconds_count mode=hybrid': 2,
    'fairlead_search_empty_total mode=hybrid': 1,
  });
  expect((await fetch(`${running.opsUrl}/readyz`)).status).toBe(200);
  await rm(folder, { recursive: true });
});

/** The counts of this service's own metrics, by name and label. */
async function ownMetrics(opsUrl: string): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`${opsUrl}/metrics`)).text();
  const lines = text.matchAll(
    /^(fairlead_(?:index|search)_\w+_(?:total|count))\{(?:service="aiml",)?(\w+)="(\w+)".*\} (\d+)$/gm,
  );
  const counts = Array.from(
    lines,
    ([, name, label, value, count]) => [`${name} ${label}=${value}`, Number(count)] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}
