import { join } from 'node:path';
import { createToolHarness, expectToolSnapshot, type ToolHarness } from '@fairlead/server-kit/testing';
import { createRunFolder, type RunFolder } from '@fairlead/testkit/waiting';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeTree } from '../../test/make-tree.ts';
import { createLocalFiles } from '../adapters/local-files.ts';
import { tool } from './find-files.ts';

const answer = z.object({
  files: z.array(z.object({ path: z.string(), size: z.int(), modified: z.iso.datetime() })),
  truncated: z.boolean(),
  next_cursor: z.string().optional(),
});
let folder: RunFolder;
let harness: ToolHarness;

beforeAll(async () => {
  folder = await createRunFolder();
  await makeTree(join(folder.path, 'root'));
  harness = createToolHarness({ tools: [tool], deps: { files: await createLocalFiles(join(folder.path, 'root')) } });
});

afterAll(() => folder[Symbol.asyncDispose]());

async function pathsOf(pattern: string): Promise<readonly string[]> {
  const result = await harness.call('find_files', { pattern });
  return answer.parse(result.structuredContent).files.map(({ path }) => path);
}

function failure(code: string) {
  return { isError: true, _meta: { 'dev.fairlead/error': { code } } };
}

test('keeps its wire definition', async () => {
  await expect(expectToolSnapshot(harness.definition('find_files'), import.meta.url)).resolves.toBeUndefined();
});

test('finds names at any depth, sorted, with size and time, and labels them as data', async () => {
  const result = await harness.call('find_files', { pattern: '*.md' });

  expect(answer.parse(result.structuredContent)).toMatchObject({
    files: [{ path: 'guides/splice.md', size: 22 }, { path: 'readme.md' }],
    truncated: false,
  });
  expect(result._meta).toMatchObject({ 'dev.fairlead/labels': { integrity: 'untrusted' } });
});

test.for([
  ['guides/*', ['guides/splice.md']],
  ['guides/**', ['guides/deep/knots.txt', 'guides/splice.md']],
  ['**/*.{txt,bin}', ['binary.bin', 'guides/deep/knots.txt', 'long.txt']],
  ['*.MD', []],
  ['nothing*', []],
] as const)('%s finds %j', async ([pattern, paths]) => {
  expect(await pathsOf(pattern)).toEqual(paths);
});

// 06 S-50, S-51, S-54: hidden, ignored, secret, linked and special files stay unseen, by whatever pattern.
test.for([
  '**/*',
  '*',
  '.*',
  '.env',
  '**/.git/config',
  '.git/*',
  '*.pem',
  'ID_*',
  '**/*.KEY',
  'build/*',
  'guides/draft.md',
  'link.md',
  'up/*',
  'up/**',
  'fifo.md',
])('%s shows nothing that must not be seen', async (pattern) => {
  const shown = await pathsOf(pattern);

  expect(shown.filter((path) => /^\.|\/\.|pem$|id_|key$|build|draft|link|^up|fifo|outside/i.test(path))).toEqual([]);
});

// 05 T-81.
test('pages have no gap and no double', async () => {
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const result = await harness.call('find_files', {
      pattern: '**',
      limit: 2,
      ...(cursor !== undefined && { cursor }),
    });
    const page = answer.parse(result.structuredContent);
    seen.push(...page.files.map(({ path }) => path));
    cursor = page.next_cursor;
  } while (cursor !== undefined);

  expect(seen).toEqual(['binary.bin', 'guides/deep/knots.txt', 'guides/splice.md', 'long.txt', 'readme.md']);
});

test('a cursor of another pattern is refused', async () => {
  const first = await harness.call('find_files', { pattern: '**', limit: 1 });
  const cursor = answer.parse(first.structuredContent).next_cursor;

  await expect(harness.call('find_files', { pattern: '*.md', cursor })).rejects.toMatchObject({ code: -32_602 });
});

test.for([
  { pattern: '' },
  { pattern: 'x'.repeat(1_001) },
  { pattern: '../*' },
  { pattern: '/etc/*' },
  { pattern: '(a+)+b' },
  { pattern: '*', limit: 0 },
  { pattern: '*', root: '/etc' },
])('refuses %j', async (input) => {
  expect(await harness.call('find_files', input)).toMatchObject(failure('INPUT_INVALID'));
});

// 06 S-40: patterns made to be slow, on names made to fit them nearly.
test.for(['*a*a*a', '**/**/**/a*a*a*b', `{${'a,'.repeat(15)}b}{c,d}`])(
  'answers %s within a second',
  async (pattern) => {
    const startedMs = performance.now();

    await harness.call('find_files', { pattern });

    expect(performance.now() - startedMs).toBeLessThan(1_000);
  },
);

test('ends when the caller cancels', async () => {
  const abort = new AbortController();
  const call = harness.call('find_files', { pattern: '**' }, { signal: abort.signal });
  abort.abort();

  expect(await call).toMatchObject(failure('CALL_CANCELLED'));
});

// 05 T-08.
test('names the setting when there is no root', async () => {
  const unset = createToolHarness({ tools: [tool], deps: { files: undefined } });

  expect(await unset.call('find_files', { pattern: '*' })).toMatchObject({
    ...failure('CONFIG_MISSING'),
    content: [{ text: expect.stringContaining('FILES_ROOT') }],
  });
});
