import type { Principal } from '@fairlead/contracts';
import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { startAiml, type TestAiml } from '../../test/parts/start-aiml.ts';
import type { JobStore } from '../deps.ts';
import { tool } from './index-documents.ts';

const writer: Principal = {
  sub: 'writer',
  tenant: 't1',
  roles: [],
  allow: ['aiml:read', 'aiml:write'],
  deny: [],
  via: 'key',
};
const admin: Principal = { ...writer, sub: 'admin', allow: ['aiml:*'] };

async function startWithCollection(options: Parameters<typeof startAiml>[0] = {}): Promise<TestAiml> {
  const aiml = await startAiml(options);
  await aiml.tools.call('create_collection', { name: 'docs', fields: { year: 'integer' } });
  return aiml;
}

const errorOf = async (aiml: TestAiml, input: object): Promise<unknown> =>
  (await aiml.tools.call('index_documents', { collection: 'docs', ...input }))._meta?.['dev.fairlead/error'];

test('is sent to clients as its snapshot says', async () => {
  await using aiml = await startAiml();

  await expect(expectToolSnapshot(aiml.tools.definition('index_documents'), import.meta.url)).resolves.toBeUndefined();
});

test('indexes documents and links to them; a double is taken once', async () => {
  await using aiml = await startWithCollection();

  const result = await aiml.tools.call('index_documents', {
    collection: 'docs',
    documents: [
      { id: 'a', title: 'A', text: 'x' },
      { id: 'a', text: 'y' },
    ],
  });

  expect(result.structuredContent).toEqual({
    dry_run: false,
    job_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    status: 'succeeded',
    accepted: 1,
    duplicates: 1,
  });
  expect(result.content[1]).toEqual({ type: 'resource_link', uri: 'doc://docs/a', name: 'A' });
});

test('a dry run names the work and what a sync would delete, and changes nothing', async () => {
  await using aiml = await startWithCollection();
  const documents = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id, text: id }));
  await aiml.tools.call('index_documents', { collection: 'docs', documents, source: 'wiki' });

  const result = await aiml.tools.call('index_documents', {
    collection: 'docs',
    documents: documents.slice(1),
    source: 'wiki',
    sync: true,
    dry_run: true,
  });

  expect(result.structuredContent).toMatchObject({
    dry_run: true,
    plan: { collection: 'docs', work: 'documents', accepted: 4, duplicates: 0, would_delete: 1 },
  });
  expect(await aiml.deps.documents.idsOfSource({ tenant: '' }, 1, 'wiki')).toHaveLength(5);
});

test('the same idempotency key queues one job', async () => {
  await using aiml = await startWithCollection();
  const input = { collection: 'docs', documents: [{ id: 'a', text: 'x' }], idempotency_key: 'k1' };

  const first = await aiml.tools.call('index_documents', input);
  const second = await aiml.tools.call('index_documents', input);

  expect(second.structuredContent).toEqual({ ...first.structuredContent, replayed: true });
});

test('tells progress while the job runs (05 T-11)', async () => {
  await using aiml = await startWithCollection();
  const documents = Array.from({ length: 40 }, (_, index) => ({
    id: `d${index}`,
    text: `Sentence ${index}. `.repeat(3_000),
  }));
  const seen: unknown[] = [];

  await aiml.tools.call(
    'index_documents',
    { collection: 'docs', documents },
    { onNotification: (method, params) => seen.push([method, params['total']]) },
  );

  expect(seen.length).toBeGreaterThan(0);
  expect(seen[0]).toEqual(['notifications/progress', 40]);
});

test.each([
  ['INPUT_INVALID', 'neither documents nor uris nor rebuild', {}],
  ['INPUT_INVALID', 'documents and uris', { documents: [{ text: 'x' }], uris: ['file:///docs/a.md'] }],
  ['INPUT_INVALID', 'a sync without a source', { documents: [{ text: 'x' }], sync: true }],
  ['INPUT_INVALID', 'a sync of a rebuild', { rebuild: true, sync: true, source: 'wiki' }],
  [
    'INPUT_INVALID',
    'metadata of another type than declared',
    { documents: [{ text: 'x', metadata: { year: 'new' } }] },
  ],
  [
    'INPUT_INVALID',
    '17 metadata values',
    {
      documents: [
        { text: 'x', metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`m${index}`, 1])) },
      ],
    },
  ],
  ['INPUT_INVALID', '101 documents', { documents: Array.from({ length: 101 }, () => ({ text: 'x' })) }],
  ['EGRESS_DENIED', 'a web address', { uris: ['file:///docs/a.md', 'https://example.com/x'] }],
  ['EGRESS_DENIED', 'a metadata address', { documents: [{ uri: 'http://169.254.169.254/latest' }] }],
  ['AIML_UNSUPPORTED_TYPE', 'a type that cannot be indexed', { documents: [{ text: 'x', mime: 'application/zip' }] }],
  ['AIML_COLLECTION_NOT_FOUND', 'an unknown collection', { collection: 'other', documents: [{ text: 'x' }] }],
])('answers %s to %s, and queues nothing', async (code, _what, input) => {
  await using aiml = await startWithCollection();

  expect(await errorOf(aiml, input)).toMatchObject({ code });
  expect(await aiml.deps.collections.find({ tenant: '' }, 'docs')).toMatchObject({ documents: 0 });
});

test('answers AIML_SYNC_TOO_LARGE before anything is queued (07 A-12)', async () => {
  await using aiml = await startWithCollection();
  await aiml.tools.call('index_documents', {
    collection: 'docs',
    documents: ['a', 'b', 'c'].map((id) => ({ id, text: id })),
    source: 'wiki',
  });

  expect(await errorOf(aiml, { documents: [{ id: 'a', text: 'a' }], source: 'wiki', sync: true })).toMatchObject({
    code: 'AIML_SYNC_TOO_LARGE',
    details: { unlisted: 2, stored: 3 },
  });
});

test('answers AIML_STORE_FULL when the collection is at its limit', async () => {
  await using aiml = await startWithCollection({ collectionChunksMax: 1 });
  await aiml.tools.call('index_documents', { collection: 'docs', documents: [{ id: 'a', text: 'x' }] });

  expect(await errorOf(aiml, { documents: [{ id: 'b', text: 'y' }] })).toMatchObject({ code: 'AIML_STORE_FULL' });
});

test('writes a shared collection only as its own tenant, with aiml:admin (07 A-22)', async () => {
  await using aiml = await startAiml();
  await aiml.tools.call('create_collection', { name: 'handbook', visibility: 'shared' }, { principal: admin });
  const input = { collection: 'handbook', documents: [{ text: 'x' }] };

  const denied = { isError: true, _meta: { 'dev.fairlead/error': { code: 'AIML_SHARED_DENIED' } } };
  expect(await aiml.tools.call('index_documents', input, { principal: writer })).toMatchObject(denied);
  expect(await aiml.tools.call('index_documents', input, { principal: { ...admin, tenant: 't2' } })).toMatchObject(
    denied,
  );
  expect((await aiml.tools.call('index_documents', input, { principal: admin })).structuredContent).toMatchObject({
    status: 'succeeded',
  });
});

test('says that a collection is gone which was removed between check and queue', async () => {
  await using aiml = await startWithCollection();
  const jobs: JobStore = { ...aiml.deps.jobs, enqueue: async () => ({ isQueued: false, behind: undefined }) };
  const harness = createToolHarness({ tools: [tool], deps: { ...aiml.deps, jobs } });

  expect(await harness.call('index_documents', { collection: 'docs', documents: [{ text: 'x' }] })).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'AIML_COLLECTION_NOT_FOUND' } },
  });
});
