import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { SearchMode } from '../../src/domain/retrieval/search-request.ts';
import { startAiml, type TestAiml } from '../parts/start-aiml.ts';
import { headingSet, misspell, type HeadingCase } from './heading-set.ts';

const casesMax = 600;
const tolerance = 0.005;
const packages = fileURLToPath(new URL('../../../../node_modules/.pnpm', import.meta.url));

interface Quality {
  /** Share of queries whose section is among the first ten. */
  readonly recall: number;
  /** Mean of 1 / rank, 0 below rank ten. */
  readonly reciprocalRank: number;
}

// The gates of 07 A-27 on a small set, relative to the keyword leg of the same run.
test(
  'fusing both legs costs nothing on clean queries, and finds more of the misspelt ones',
  { timeout: 120_000 },
  async () => {
    await using aiml = await startAiml();
    const cases = await headingSet(packages, casesMax);
    expect(cases).toHaveLength(casesMax);
    await indexCases(aiml, cases);
    const misspelt = cases.map((entry) => ({ ...entry, query: misspell(entry.query) }));

    const keyword = await measure(aiml, cases, 'keyword');
    const hybrid = await measure(aiml, cases, 'hybrid');
    const keywordMisspelt = await measure(aiml, misspelt, 'keyword');
    const hybridMisspelt = await measure(aiml, misspelt, 'hybrid');

    expect(keyword.recall).toBeGreaterThan(0.4);
    expect(hybrid.recall).toBeGreaterThanOrEqual(keyword.recall - tolerance);
    expect(hybrid.reciprocalRank).toBeGreaterThanOrEqual(keyword.reciprocalRank - tolerance);
    expect(hybridMisspelt.recall).toBeGreaterThanOrEqual(keywordMisspelt.recall * 1.06);
  },
);

async function indexCases({ tools }: TestAiml, cases: readonly HeadingCase[]): Promise<void> {
  await tools.call('create_collection', { name: 'headings' });
  for (let start = 0; start < cases.length; start += 100) {
    const documents = cases
      .slice(start, start + 100)
      .map(({ id, body }) => ({ id, title: '', text: body, mime: 'text/plain' }));
    const { structuredContent } = await tools.call('index_documents', { collection: 'headings', documents });
    expect(structuredContent).toMatchObject({ status: 'succeeded' });
  }
}

async function measure({ deps }: TestAiml, cases: readonly HeadingCase[], mode: SearchMode): Promise<Quality> {
  const scope = { tenant: '' };
  const collection = await deps.collections.find(scope, 'headings');
  if (!collection) throw new Error('there is no collection');
  const request = {
    targets: [{ collection, filter: undefined }],
    mode,
    topK: 10,
    minScore: undefined,
    maxChars: 50_000,
    rerank: false,
    explain: false,
  };
  const ranks: number[] = [];
  for (const { id, query } of cases) {
    const { passages } = await deps.search.search(scope, { ...request, query });
    ranks.push(1 + passages.findIndex(({ documentId }) => documentId === id));
  }
  const found = ranks.filter((rank) => rank > 0);
  return {
    recall: found.length / cases.length,
    reciprocalRank: found.reduce((sum, rank) => sum + 1 / rank, 0) / cases.length,
  };
}
