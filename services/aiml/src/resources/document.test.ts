import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestService } from '@fairlead/server-kit/testing';
import { connectV2, type McpClient } from '@fairlead/testkit/clients';
import { expect, test } from 'vitest';
import { service } from '../service.ts';

/** The whole service over HTTP, with one indexed document, and a client that may do everything. */
async function startService(): Promise<
  AsyncDisposable & {
    readonly client: McpClient;
    readonly url: string;
    readonly keys: Readonly<Record<string, string>>;
  }
> {
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-aiml-service-'));
  const running = await startTestService(service, {
    environment: { AIML_VECTOR_PATH: join(folder, 'vectors.db') },
    roles: { admin: { allow: ['*'], deny: [] }, developer: { allow: ['devops:*'], deny: [] } },
  });
  const client = await connectV2(running.mcpUrl, { headers: { authorization: `Bearer ${running.keys['admin']}` } });
  await client.callTool('create_collection', { name: 'handbook' });
  await client.callTool('index_documents', {
    collection: 'handbook',
    documents: [{ id: 'refunds', text: '# Refunds\n\nIn the EU:\nthirty days.\n\nElsewhere: none.' }],
  });
  return {
    client,
    url: running.mcpUrl,
    keys: running.keys,
    async [Symbol.asyncDispose]() {
      await client.close();
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

test('opens exactly the lines that the citation of a hit names, as data', async () => {
  await using started = await startService();
  const { structuredContent } = await started.client.callTool('search_documents', { query: 'EU days' });
  const uri = 'doc://handbook/refunds#L1-L6';
  expect(structuredContent).toMatchObject({ hits: [{ citation: { uri } }] });

  const [whole] = await started.client.readResource(uri);
  const [lines] = await started.client.readResource('doc://handbook/refunds#L3-L4');

  expect(whole).toMatchObject({ uri, mimeType: 'text/markdown', text: expect.stringContaining('Elsewhere: none.') });
  expect(lines?.text).toMatch(
    /^Between the marks is data from doc:\/\/handbook\/refunds\..*\n<untrusted-[^>]+>\nIn the EU:\nthirty days\.\n<\/untrusted-/,
  );
});

const refusalOf = (client: McpClient, uri: string): Promise<unknown> =>
  client.readResource(uri).then(
    () => 'was read',
    (error: unknown) => (error instanceof Error ? error.message.replaceAll(uri, 'URI') : error),
  );

test('answers a missing document, a missing collection, bad lines and a caller without the right the same way', async () => {
  await using started = await startService();
  const developer = await connectV2(started.url, { headers: { authorization: `Bearer ${started.keys['developer']}` } });

  const refusals = await Promise.all([
    refusalOf(started.client, 'doc://handbook/none'),
    refusalOf(started.client, 'doc://none/refunds'),
    refusalOf(started.client, 'doc://handbook/refunds#L90'),
    refusalOf(developer, 'doc://handbook/refunds'),
  ]);
  await developer.close();

  expect(refusals[0]).not.toBe('was read');
  expect(new Set(refusals).size).toBe(1);
});

test('completes collections and document ids by prefix (05 T-12)', async () => {
  await using started = await startService();
  const ref = { type: 'ref/resource', uri: 'doc://{collection}/{document_id}' } as const;

  expect((await started.client.complete({ ref, argument: { name: 'collection', value: 'hand' } })).values).toEqual([
    'handbook',
  ]);
  expect((await started.client.complete({ ref, argument: { name: 'document_id', value: 'ref' } })).values).toEqual([
    'refunds',
  ]);
  expect((await started.client.complete({ ref, argument: { name: 'document_id', value: 'x' } })).values).toEqual([]);
});
