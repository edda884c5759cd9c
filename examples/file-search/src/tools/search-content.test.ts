import { join } from 'node:path';
import { createToolHarness, expectToolSnapshot, type ToolHarness } from '@fairlead/server-kit/testing';
import { createRunFolder, type RunFolder } from '@fairlead/testkit/waiting';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeTree } from '../../test/make-tree.ts';
import { createLocalFiles } from '../adapters/local-files.ts';
import { tool } from './search-content.ts';

const answer = z.object({ matches: z.array(z.object({ path: z.string(), line: z.int(), text: z.string() })) });
let folder: RunFolder;
let harness: ToolHarness;

beforeAll(async () => {
  folder = await createRunFolder();
  await makeTree(join(folder.path, 'root'));
  harness = createToolHarness({ tools: [tool], deps: { files: await createLocalFiles(join(folder.path, 'root')) } });
});

afterAll(() => folder[Symbol.asyncDispose]());

async function placesOf(input: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const result = await harness.call('search_content', input);
  return answer.parse(result.structuredContent).matches.map(({ path, line }) => `${path}:${line}`);
}

function failure(code: string) {
  return { isError: true, _meta: { 'dev.fairlead/error': { code } } };
}

test('keeps its wire definition', async () => {
  await expect(expectToolSnapshot(harness.definition('search_content'), import.meta.url)).resolves.toBeUndefined();
});

test('finds lines with their place, and labels them as data', async () => {
  const result = await harness.call('search_content', { query: 'rope', glob: 'readme.md' });

  expect(result.structuredContent).toEqual({
    matches: [{ path: 'readme.md', line: 1, column: 3, text: 'A rope and a knot.' }],
    truncated: false,
  });
  expect(result.content).toEqual([{ type: 'text', text: 'readme.md:1: A rope and a knot.' }]);
  expect(result._meta).toMatchObject({ 'dev.fairlead/labels': { integrity: 'untrusted' } });
});

// 06 S-50, S-51, S-54: what find_files does not show is not searched either.
test('searches no hidden, ignored, secret, linked, special or binary file', async () => {
  expect(await placesOf({ query: 'rope' })).toEqual([
    'guides/deep/knots.txt:1',
    'guides/splice.md:1',
    'long.txt:1',
    'readme.md:1',
  ]);
});

test.for([
  '.*',
  '.env',
  '**/.env',
  '*.pem',
  'ID_rsa',
  '*.KEY',
  '.git/**',
  '*link*',
  'build/*',
  'guides/draft.md',
  'up/**',
])('the glob %s opens nothing of that', async (glob) => {
  expect(await placesOf({ query: 'rope', glob })).toEqual([]);
});

test.for([
  [{ query: 'R[op]{2}e', regex: true }, ['readme.md:2']],
  [{ query: 'R[op]{2}e' }, []],
  [{ query: '-v rope' }, []],
  [{ query: '--files' }, []],
  [{ query: 'rope', glob: '*.md' }, ['guides/splice.md:1', 'readme.md:1']],
] as const)('%j finds %j', async ([input, places]) => {
  expect(await placesOf(input)).toEqual(places);
});

test('cuts a line that is too long to show', async () => {
  const result = await harness.call('search_content', { query: 'rope', glob: 'long.txt' });

  expect(answer.parse(result.structuredContent).matches[0]?.text.length).toBeLessThan(600);
});

test('says when there is more than the limit', async () => {
  const result = await harness.call('search_content', { query: 'rope', limit: 2 });

  expect(result.structuredContent).toMatchObject({
    matches: { length: 2 },
    truncated: true,
    notice: expect.stringContaining('narrow'),
  });
});

test.for([
  { query: '' },
  { query: 'x'.repeat(1_025) },
  { query: 'a\nb' },
  { query: 'a\0b' },
  { query: '(', regex: true },
  { query: 'a', glob: '{' },
  { query: 'a', glob: '' },
  { query: 'a', glob: '../*' },
  { query: 'a', limit: 0 },
  { query: 'a', path: '/etc' },
])('refuses %j', async (input) => {
  expect(await harness.call('search_content', input)).toMatchObject(failure('INPUT_INVALID'));
});

// 06 S-40: linear time, whatever the expression.
test.for(['(x+x+)+y', '(x|x)*y', '(.*)*y'])('answers %s within a second', async (query) => {
  const startedMs = performance.now();

  expect((await harness.call('search_content', { query, regex: true })).isError).toBeUndefined();

  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

test('ends when the caller cancels', async () => {
  const abort = new AbortController();
  const call = harness.call('search_content', { query: 'rope' }, { signal: abort.signal });
  abort.abort();

  expect(await call).toMatchObject(failure('CALL_CANCELLED'));
});

test('names the setting when there is no root', async () => {
  const unset = createToolHarness({ tools: [tool], deps: { files: undefined } });

  expect(await unset.call('search_content', { query: 'a' })).toMatchObject(failure('CONFIG_MISSING'));
});
