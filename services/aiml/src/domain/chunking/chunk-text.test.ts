import { expect, test } from 'vitest';
import { chunkText, type ChunkSyntax } from './chunk-text.ts';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

test('cuts at headings and keeps their path', () => {
  const text = '# Guide\n\n## Start\n\nInstall it.\n\n## Stop\n\nRemove it.\n';

  const chunks = chunkText(text, 'markdown');

  expect(chunks.map(({ headingPath, lineStart, lineEnd }) => ({ headingPath, lineStart, lineEnd }))).toEqual([
    { headingPath: ['Guide', 'Start'], lineStart: 1, lineEnd: 5 },
    { headingPath: ['Guide', 'Stop'], lineStart: 7, lineEnd: 9 },
  ]);
});

test('knows headings that are underlined, and takes front matter as a block', () => {
  const chunks = chunkText('---\ntitle: x\n---\n\nGuide\n=====\n\ntext\n\nPart\n----\nmore', 'markdown');

  expect(chunks.map(({ headingPath }) => headingPath)).toEqual([[], ['Guide'], ['Guide', 'Part']]);
});

test('takes # inside code, and in plain text, for what it is', () => {
  expect(chunkText('# A\n\n```sh\n# comment\n```\n', 'markdown').map(({ headingPath }) => headingPath)).toEqual([
    ['A'],
  ]);
  expect(chunkText('# note\n\ntext', 'plain').map(({ headingPath }) => headingPath)).toEqual([[]]);
});

test('joins neighbours up to the target size', () => {
  const paragraphs = Array.from({ length: 12 }, () => words(40)).join('\n\n');

  const sizes = chunkText(paragraphs, 'markdown').map(({ start, end }) => end - start);

  expect(sizes.length).toBeGreaterThan(2);
  expect(Math.max(...sizes.slice(0, -1))).toBeLessThanOrEqual(1_200);
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(200);
});

test('keeps a code block whole up to the maximum, with the short line above it', () => {
  const code = `\`\`\`\n${'x = 1;\n'.repeat(240)}\`\`\``;

  expect(chunkText(`intro\n\n${code}`, 'markdown').map(({ start, end }) => end - start)).toEqual([code.length + 7]);
});

test('cuts a longer table at line ends and repeats its first line before the rest', () => {
  const table = `| name | value |\n${'| abcdefghij | klmnopqrst |\n'.repeat(150)}`;

  const chunks = chunkText(table, 'markdown');

  expect(chunks.length).toBeGreaterThan(2);
  expect(chunks[0]?.lead).toBeUndefined();
  expect(chunks.slice(1).every(({ lead }) => lead === '| name | value |')).toBe(true);
  expect(chunks.every(({ start, end }) => table[start] === '|' && table[end - 1] === '|')).toBe(true);
});

test('cuts a long paragraph after sentences, with an overlap', () => {
  const text = `${words(20)}. `.repeat(40).trim();

  const [first, second] = chunkText(text, 'markdown');

  expect(text.slice(first?.start, first?.end)).toMatch(/\.$/);
  expect((first?.end ?? 0) - (second?.start ?? 0)).toBeGreaterThan(0);
  expect((first?.end ?? 0) - (second?.start ?? 0)).toBeLessThanOrEqual(150);
});

test('repeats the header of a CSV file before every chunk but the first', () => {
  const rows = `id,note\n${Array.from({ length: 200 }, (_, index) => `${index},"line one\nline ""two"""`).join('\n')}`;

  const chunks = chunkText(rows, 'rows');

  expect(chunks.slice(1).every(({ lead }) => lead === 'id,note')).toBe(true);
  // No row is torn: each chunk has an even number of quotes.
  expect(chunks.every(({ start, end }) => (rows.slice(start, end).match(/"/g)?.length ?? 0) % 2 === 0)).toBe(true);
});

test('has no chunk for a blank document', () => {
  expect(chunkText(' \n\n\t\n', 'markdown')).toEqual([]);
});

const syntaxes: readonly ChunkSyntax[] = ['markdown', 'plain', 'lines', 'rows'];

// 07 §15. The time limit is a hang guard: a step that walks the text for each line or chunk takes minutes here.
test.each(syntaxes)(
  'stands a million empty lines, one line of 20 MiB and a million short lines as %s',
  { timeout: 30_000 },
  (syntax) => {
    expect(chunkText('\n'.repeat(1_000_000), syntax)).toEqual([]);
    expect(chunkText('x'.repeat(20 * 1_048_576), syntax).length).toBeGreaterThan(10_000);
    expect(chunkText('a,b\n'.repeat(1_000_000), syntax).length).toBeGreaterThan(1_000);
  },
);
