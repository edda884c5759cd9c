import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { fakeDeps } from '../../test/support/fake-database.ts';
import type { Files } from '../deps.ts';
import type { FileSearch, FoundFiles } from '../domain/files/file-search.ts';
import { Refusal } from '../domain/refusal.ts';
import { tool } from './find-files.ts';

function setUp(found: Partial<FoundFiles> = {}, failure?: Error) {
  const searches: FileSearch[] = [];
  const files: Files = {
    find(search) {
      searches.push(search);
      const answer = {
        files: [{ path: 'docs/a\u200b.md', size: 3, modified: '2026-11-01T00:00:00.000Z' }],
        searched: 9,
        stopped: undefined,
        ...found,
      };
      return failure === undefined ? Promise.resolve(answer) : Promise.reject(failure);
    },
    readLines: () => Promise.reject(new Error('find_files reads no file')),
  };
  const harness = createToolHarness({ tools: [tool], deps: fakeDeps([], files) });
  return { searches, harness, call: (input: Readonly<Record<string, unknown>>) => harness.call('find_files', input) };
}

test('is defined as its snapshot says', async () => {
  await expect(expectToolSnapshot(setUp().harness.definition('find_files'), import.meta.url)).resolves.toBeUndefined();
});

test('gives files as data, cleaned, and one line for each as text', async () => {
  const result = await setUp().call({ pattern: '*.md' });

  expect(result.structuredContent).toEqual({
    files: [{ path: 'docs/a.md', size: 3, modified: '2026-11-01T00:00:00.000Z' }],
    searched: 9,
    truncated: false,
  });
  expect(result.content).toEqual([{ type: 'text', text: 'docs/a.md (3 bytes, 2026-11-01T00:00:00.000Z)' }]);
  expect(result._meta?.['dev.fairlead/labels']).toMatchObject({ integrity: 'untrusted' });
});

test('goes on where a search stopped, and says why it did', async () => {
  const { call, searches } = setUp({ stopped: { by: 'time', after: 'docs/a.md' } });
  const first = await call({ pattern: '*', limit: 5_000 });
  await call({ pattern: '*', limit: 5_000, cursor: first.structuredContent?.['next_cursor'] });

  expect(first.structuredContent).toMatchObject({
    truncated: true,
    truncated_by: 'time',
    notice: expect.stringContaining('limit was lowered from 5000 to 1000'),
  });
  expect(searches).toMatchObject([
    { pattern: '*', limit: 1_000, exclude: [], includeHidden: false },
    { after: 'docs/a.md' },
  ]);
});

test('answers an unreadable pattern with its position', async () => {
  const { call } = setUp({}, new Refusal('FILE_PATTERN_INVALID', 'The pattern is wrong.', { position: 3 }));

  expect((await call({ pattern: '[a' }))._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'FILE_PATTERN_INVALID',
    details: { position: 3 },
  });
});

test('answers CONFIG_MISSING, and names the setting, while there is no root', async () => {
  const harness = createToolHarness({ tools: [tool], deps: fakeDeps([]) });

  expect((await harness.call('find_files', { pattern: '*' }))._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'CONFIG_MISSING',
    details: { setting: 'DATA_FILE_ROOTS' },
  });
});

test.each([
  [{}],
  [{ pattern: '' }],
  [{ pattern: 'x'.repeat(1_001) }],
  [{ pattern: '*', root: '../x' }],
  [{ pattern: '*', exclude: Array.from({ length: 21 }, () => 'a') }],
  [{ pattern: '*', limit: 0 }],
  [{ pattern: '*', path: '/' }],
])('refuses input %# by its schema', async (input) => {
  expect((await setUp().call(input))._meta?.['dev.fairlead/error']).toMatchObject({ code: 'INPUT_INVALID' });
});
