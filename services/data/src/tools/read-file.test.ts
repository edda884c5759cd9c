import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { fakeDeps } from '../../test/support/fake-database.ts';
import type { Files } from '../deps.ts';
import type { LineRange, TextWindow } from '../domain/files/text-window.ts';
import { fileNotFound } from '../domain/files/virtual-path.ts';
import { Refusal } from '../domain/refusal.ts';
import { tool } from './read-file.ts';

const window: TextWindow = {
  path: 'docs/a.md',
  content: 'one\ntwo\n',
  startLine: 1,
  endLine: 2,
  cutBy: undefined,
  mime: 'text/markdown',
  size: 8,
  whole: { totalLines: 2, sha256: 'abc' },
};

function setUp(answer: Partial<TextWindow> | Error = {}) {
  const ranges: LineRange[] = [];
  const files: Files = {
    readLines(_path, range) {
      ranges.push(range);
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ ...window, ...answer });
    },
    find: () => Promise.reject(new Error('read_file finds nothing')),
  };
  const harness = createToolHarness({ tools: [tool], deps: fakeDeps([], files) });
  return { ranges, harness, call: (input: Readonly<Record<string, unknown>>) => harness.call('read_file', input) };
}

test('is defined as its snapshot says', async () => {
  await expect(expectToolSnapshot(setUp().harness.definition('read_file'), import.meta.url)).resolves.toBeUndefined();
});

test('gives the lines inside a fence, with numbers, size and digest', async () => {
  const result = await setUp().call({ path: 'docs/a.md' });

  expect(result.structuredContent).toEqual({
    path: 'docs/a.md',
    start_line: 1,
    end_line: 2,
    total_lines: 2,
    sha256: 'abc',
    content: expect.stringMatching(/<untrusted-[^>]+>\none\ntwo\n\n<\/untrusted-/),
    mime: 'text/markdown',
    size: 8,
    truncated: false,
  });
  expect(result._meta?.['dev.fairlead/labels']).toMatchObject({ integrity: 'untrusted', source: 'file:docs/a.md' });
});

test('reads from a line on by default, and the tail when asked', async () => {
  const { call, ranges } = setUp();
  await call({ path: 'docs/a.md' });
  await call({ path: 'docs/a.md', offset_line: 7, limit_lines: 10_000 });
  await call({ path: 'docs/a.md', tail: 5 });

  expect(ranges).toEqual([
    { kind: 'from', firstLine: 1, linesMax: 500 },
    { kind: 'from', firstLine: 7, linesMax: 5_000 },
    { kind: 'tail', linesMax: 5 },
  ]);
});

test.each([
  [{ cutBy: 'rows' as const, endLine: 500 }, {}, 'go on with offset_line: 501'],
  [{ startLine: 9, endLine: 8, content: '' }, { offset_line: 9 }, 'The file has 2 lines.'],
  [{ startLine: 9, endLine: 8, content: '', whole: undefined }, { offset_line: 9 }, 'The file has fewer lines.'],
  [{ startLine: -2, endLine: -1, whole: undefined }, { tail: 2 }, 'numbers count back from its end'],
  [{ cutBy: 'bytes' as const }, { tail: 2 }, 'ask for fewer'],
])('says what to do next (case %#)', async (answer, more, notice) => {
  expect((await setUp(answer).call({ path: 'docs/a.md', ...more })).structuredContent).toMatchObject({
    notice: expect.stringContaining(notice),
  });
});

test('refuses tail together with offset_line', async () => {
  expect(
    (await setUp().call({ path: 'docs/a.md', tail: 2, offset_line: 3 }))._meta?.['dev.fairlead/error'],
  ).toMatchObject({
    code: 'INPUT_INVALID',
    details: { issues: [{ path: 'tail' }] },
  });
});

test.each([
  [fileNotFound('docs/x'), 'FILE_NOT_FOUND'],
  [new Refusal('FILE_BINARY', 'It is binary.', { mime: 'image/png' }), 'FILE_BINARY'],
  [new Refusal('FILE_NOT_REGULAR', 'It is a folder.'), 'FILE_NOT_REGULAR'],
])('passes on refusal %#', async (refusal, code) => {
  expect((await setUp(refusal).call({ path: 'docs/x' }))._meta?.['dev.fairlead/error']).toMatchObject({ code });
});

test('answers CONFIG_MISSING while there is no root', async () => {
  const harness = createToolHarness({ tools: [tool], deps: fakeDeps([]) });

  expect((await harness.call('read_file', { path: 'docs/a.md' }))._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'CONFIG_MISSING',
  });
});

test.each([
  [{}],
  [{ path: '' }],
  [{ path: 'x'.repeat(1_025) }],
  [{ path: 'a', offset_line: 0 }],
  [{ path: 'a', tail: 5_001 }],
  [{ path: 'a', limit_lines: 0 }],
  [{ path: 'a', encoding: 'utf8' }],
])('refuses input %# by its schema', async (input) => {
  expect((await setUp().call(input))._meta?.['dev.fairlead/error']).toMatchObject({ code: 'INPUT_INVALID' });
});
