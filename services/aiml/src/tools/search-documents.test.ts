import type { Principal } from '@fairlead/contracts';
import { expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { startAiml, type TestAiml } from '../../test/parts/start-aiml.ts';

const reader: Principal = { sub: 'reader', tenant: 'other', roles: [], allow: ['aiml:read'], deny: [], via: 'key' };

async function startWithHandbook(): Promise<TestAiml> {
  const aiml = await startAiml();
  await aiml.tools.call('create_collection', { name: 'handbook', fields: { region: 'keyword' } });
  await aiml.tools.call('index_documents', {
    collection: 'handbook',
    documents: [
      { id: 'refunds', text: '# Refunds\n\n## EU\n\nCustomers have thirty days.\n', metadata: { region: 'eu' } },
      {
        id: 'keys',
        text: '# Keys\n\nRotate the API keys every month. Refunds are elsewhere.',
        metadata: { region: 'all' },
      },
    ],
  });
  return aiml;
}

test('is sent to clients as its snapshot says', async () => {
  await using aiml = await startAiml();

  await expect(expectToolSnapshot(aiml.tools.definition('search_documents'), import.meta.url)).resolves.toBeUndefined();
});

test("answers passages with citations, scores and the embedder's name", async () => {
  await using aiml = await startWithHandbook();

  const { structuredContent, content, _meta } = await aiml.tools.call('search_documents', {
    query: 'refund rule in the EU',
    top_k: 1,
  });

  expect(structuredContent).toMatchObject({
    hits: [
      {
        id: 'refunds#0',
        document_id: 'refunds',
        title: 'Refunds',
        text: expect.stringContaining('Customers have thirty days.'),
        scores: { dense: expect.any(Number), sparse: expect.any(Number) },
        citation: {
          key: 'c1',
          uri: 'doc://handbook/refunds#L1-L5',
          heading_path: ['Refunds', 'EU'],
          line_start: 1,
          line_end: 5,
          content_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        },
        metadata: { region: 'eu' },
      },
    ],
    mode_used: 'hybrid',
    embedder: 'lexical-hash-v1',
    embedder_kind: 'lexical',
    truncated: false,
    notice: 'Keyword and spelling match only: no synonyms.',
  });
  expect(content[0]).toMatchObject({
    type: 'text',
    text: expect.stringMatching(/^\[c1\] Refunds > EU\ndoc:\/\/handbook\/refunds#L1-L5\n/),
  });
  expect(_meta).toEqual({ 'dev.fairlead/labels': expect.objectContaining({ integrity: 'untrusted' }) });
});

test('filters on declared fields, and reranks and explains on demand', async () => {
  await using aiml = await startWithHandbook();

  const { structuredContent } = await aiml.tools.call('search_documents', {
    query: 'refunds',
    filter: { must_not: [{ field: 'region', match: 'eu' }] },
    rerank: true,
    explain: true,
  });

  expect(structuredContent).toMatchObject({
    hits: [
      {
        document_id: 'keys',
        scores: { rerank: expect.any(Number) },
        explain: { keyword: { rank: 1 }, matched_terms: ['refund'], filtered: true, alpha: 0.3, dropped: [] },
      },
    ],
  });
});

test('searches all readable collections, names those that lack a filtered field, and at most eight', async () => {
  await using aiml = await startWithHandbook();
  for (let index = 0; index < 9; index += 1) await aiml.tools.call('create_collection', { name: `a${index}` });

  const all = await aiml.tools.call('search_documents', { query: 'refunds' });
  const filtered = await aiml.tools.call('search_documents', {
    query: 'refunds',
    filter: { must: [{ field: 'region', match: 'eu' }] },
  });

  expect(all.structuredContent).toMatchObject({
    hits: [],
    notice: expect.stringContaining('Not searched: a8, handbook.'),
  });
  expect(filtered.structuredContent).toMatchObject({
    hits: [{ document_id: 'refunds' }],
    notice: expect.stringContaining('Not searched: a0, a1'),
  });
});

test("answers the same for an unknown collection and for another tenant's", async () => {
  await using aiml = await startWithHandbook();

  const foreign = await aiml.tools.call(
    'search_documents',
    { query: 'x', collection: 'handbook' },
    { principal: reader },
  );
  const unknown = await aiml.tools.call(
    'search_documents',
    { query: 'x', collection: 'handbooc' },
    { principal: reader },
  );

  expect(foreign).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'AIML_COLLECTION_NOT_FOUND', details: { collections: [] } } },
  });
  expect(JSON.stringify(unknown).replaceAll('handbooc', 'handbook')).toBe(JSON.stringify(foreign));
  expect(
    (await aiml.tools.call('search_documents', { query: 'refunds' }, { principal: reader })).structuredContent,
  ).toMatchObject({ hits: [], notice: expect.stringContaining('no collection that you may read') });
});

test.each([
  ['INPUT_INVALID', 'a blank query', { query: ' \u0000\n' }, 'how are keys rotated?'],
  ['INPUT_INVALID', '4,001 characters', { query: 'x'.repeat(4_001) }, '4000'],
  ['INPUT_INVALID', 'top_k 0', { query: 'x', top_k: 0 }, 'top_k'],
  ['INPUT_INVALID', 'top_k 51', { query: 'x', top_k: 51 }, '50'],
  ['INPUT_INVALID', 'top_k 1.5', { query: 'x', top_k: 1.5 }, 'top_k'],
  ['INPUT_INVALID', 'an empty filter', { query: 'x', filter: {} }, 'must, should or must_not'],
  ['INPUT_INVALID', 'a tenant as an argument', { query: 'x', tenant: 'other' }, 'tenant'],
  [
    'AIML_FILTER_INVALID',
    'an unknown field',
    { query: 'x', filter: { must: [{ field: 'owner', match: 'x' }] } },
    'Declared fields: region',
  ],
  [
    'AIML_FILTER_INVALID',
    'a value of another type',
    { query: 'x', filter: { must: [{ field: 'region', match: 7 }] } },
    'filter.must[0].match',
  ],
])('answers %s to %s, and says what would work', async (...[code, , input, words]) => {
  await using aiml = await startWithHandbook();

  const result = await aiml.tools.call('search_documents', input);

  expect(result).toMatchObject({ isError: true, _meta: { 'dev.fairlead/error': { code } } });
  expect(JSON.stringify(result.content)).toContain(words);
});
