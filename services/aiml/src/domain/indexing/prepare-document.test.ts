import { expect, test } from 'vitest';
import { createAnalyser } from '../analysis/analyser.ts';
import { createLexicalHasher } from '../analysis/lexical-hash.ts';
import { prepareDocument, type LoadedDocument, type PreparedDocument } from './prepare-document.ts';

const tools = { analyser: createAnalyser(), embed: createLexicalHasher() };
const loaded: LoadedDocument = {
  body: '# Keys\n\nRotate them every month.',
  uri: 'file:///docs/keys.md',
  title: undefined,
  mime: undefined,
  name: 'keys.md',
  metadata: {},
  stored: undefined,
};
const paragraphs = (count: number, changed = -1): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `## Part ${index}\n\nParagraph ${index} ${index === changed ? 'new' : 'old'} ${'speaks of keys and locks. '.repeat(30)}`,
  ).join('\n\n');

function prepared(document: LoadedDocument): PreparedDocument {
  const result = prepareDocument(document, tools);
  if (result.kind !== 'prepared') throw new Error(`not prepared but ${result.kind}`);
  return result.document;
}

test('prepares text, chunks, terms and vectors', () => {
  const document = prepared(loaded);

  expect(document).toMatchObject({
    title: 'Keys',
    mime: 'text/markdown',
    bytes: 32,
    text: '# Keys\n\nRotate them every month.',
  });
  expect(document.contentHash).toMatch(/^[0-9a-f]{64}$/);
  expect(document.chunks).toMatchObject([
    { text: '# Keys\n\nRotate them every month.', terms: 'key key rotat them every month', isKept: false },
  ]);
  expect(document.chunks[0]?.vector).toHaveLength(512);
});

test('has nothing to do for an unchanged document, whatever its line ends', () => {
  const { contentHash } = prepared(loaded);

  expect(
    prepareDocument(
      { ...loaded, body: '# Keys\r\n\r\nRotate them every month.', stored: { contentHash, chunkHashes: [] } },
      tools,
    ),
  ).toEqual({ kind: 'unchanged' });
});

test('sees a change of title, address or metadata', () => {
  const { contentHash } = prepared(loaded);

  for (const change of [{ title: 'Other' }, { uri: 'file:///docs/other.md' }, { metadata: { year: 1 } }]) {
    expect(prepared({ ...loaded, ...change }).contentHash).not.toBe(contentHash);
  }
});

test('embeds at most three chunks when one paragraph changes (07 A-11)', () => {
  const before = prepared({ ...loaded, body: paragraphs(40) });
  const stored = { contentHash: before.contentHash, chunkHashes: before.chunks.map(({ hash }) => hash) };

  const after = prepared({ ...loaded, body: paragraphs(40, 20), stored });

  const embedded = after.chunks.filter(({ isKept }) => !isKept);
  expect(embedded.length).toBeGreaterThan(0);
  expect(embedded.length).toBeLessThanOrEqual(3);
  expect(after.chunks.filter(({ isKept }) => isKept).every(({ vector }) => vector === undefined)).toBe(true);
});

test('refuses bytes that are no text, whatever they are called (07 §15)', () => {
  expect(prepareDocument({ ...loaded, body: Buffer.from('%PDF-1.7'), mime: 'text/plain' }, tools)).toEqual({
    kind: 'unsupported',
    looksLike: 'a PDF file',
  });
});

test('makes a document without words findable by nothing, and does not fail', () => {
  expect(prepared({ ...loaded, body: '\n\n', title: '!' }).chunks).toEqual([]);
  expect(prepared({ ...loaded, body: '***', title: '!' }).chunks).toMatchObject([
    { text: '***', terms: '', vector: undefined },
  ]);
});
