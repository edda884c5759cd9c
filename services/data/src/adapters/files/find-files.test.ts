import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { systemClock, type Clock } from '@fairlead/server-kit/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDenyRule } from '../../domain/files/deny-rule.ts';
import type { FileSearch } from '../../domain/files/file-search.ts';
import { findFiles } from './find-files.ts';
import { resolveRoots } from './real-root.ts';

let base: string;
const signal = new AbortController().signal;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'fairlead-find-'));
  for (const path of [
    'docs/a.md',
    'docs/b.txt',
    'docs/guides/c.md',
    'docs/guides/deep/d.md',
    'docs/.hidden/e.md',
    'docs/.env',
    'docs/node_modules/f.md',
    'docs/build/g.md',
    'docs/build/keep.md',
    'docs/.git/h.md',
    'docs/a-b/i.md',
    'data/j.md',
  ]) {
    await mkdir(dirname(join(base, path)), { recursive: true });
    await writeFile(join(base, path), path);
  }
  await writeFile(join(base, 'docs', '.gitignore'), 'node_modules/\nbuild/*\n!build/keep.md\n');
});

afterEach(() => rm(base, { recursive: true }));

async function find(search: Partial<FileSearch> & { pattern: string }, clock: Clock = systemClock) {
  const roots = await resolveRoots([
    { id: 'docs', path: join(base, 'docs') },
    { id: 'data', path: join(base, 'data') },
  ]);
  const options = { roots, deny: createDenyRule([], '/home/me'), clock };
  return findFiles(options, { exclude: [], includeHidden: false, limit: 100, ...search }, signal);
}

const paths = (found: Awaited<ReturnType<typeof find>>) => found.files.map((file) => file.path);

test('finds by name in all roots, in order, without what is ignored, hidden or denied', async () => {
  const found = await find({ pattern: '*.md' });

  expect(paths(found)).toEqual([
    'data/j.md',
    'docs/a-b/i.md',
    'docs/a.md',
    'docs/build/keep.md',
    'docs/guides/c.md',
    'docs/guides/deep/d.md',
  ]);
  expect(found.files[0]).toMatchObject({ size: 9, modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) });
  expect(found.searched).toBe(7);
  expect(found.stopped).toBeUndefined();
});

test('matches a pattern with folders below the root, and with the root in front', async () => {
  expect(paths(await find({ pattern: 'guides/*.md' }))).toEqual(['docs/guides/c.md']);
  expect(paths(await find({ pattern: 'docs/guides/**' }))).toEqual(['docs/guides/c.md', 'docs/guides/deep/d.md']);
});

test('looks into one root only when it is named', async () => {
  expect(paths(await find({ pattern: '*', root: 'data' }))).toEqual(['data/j.md']);
  await expect(find({ pattern: '*', root: 'other' })).rejects.toMatchObject({ code: 'FILE_NOT_FOUND' });
});

test('leaves out files and whole folders that are excluded', async () => {
  expect(paths(await find({ pattern: '*.md', exclude: ['guides', 'a*.md', 'data/**'] }))).toEqual([
    'docs/a-b/i.md',
    'docs/build/keep.md',
  ]);
});

test('shows hidden names when asked, but never secrets and never .git', async () => {
  expect(paths(await find({ pattern: '*', root: 'docs', includeHidden: true }))).toEqual([
    'docs/.gitignore',
    'docs/.hidden/e.md',
    'docs/a-b/i.md',
    'docs/a.md',
    'docs/b.txt',
    'docs/build/keep.md',
    'docs/guides/c.md',
    'docs/guides/deep/d.md',
  ]);
});

test('does not follow links', async () => {
  await symlink(join(base, 'data'), join(base, 'docs', 'linked'));
  await symlink(join(base, 'data', 'j.md'), join(base, 'docs', 'linked.md'));

  expect(paths(await find({ pattern: '*linked*' }))).toEqual([]);
  expect(paths(await find({ pattern: 'linked/**' }))).toEqual([]);
});

// 05 T-81.
test('pages have no gap and no double, whatever their size', async () => {
  const all = paths(await find({ pattern: '*' }));
  for (let limit = 1; limit <= all.length; limit += 1) {
    const walked: string[] = [];
    let after: string | undefined;
    do {
      const page = await find({ pattern: '*', limit, after });
      walked.push(...paths(page));
      after = page.stopped?.after;
    } while (after !== undefined);
    expect(walked).toEqual(all);
  }
});

test('stops when its time is over, and goes on from there', async () => {
  const clock = createFakeClock();
  let looks = 0;
  const slow: Clock = { ...clock, monotonicMs: () => (looks += 1) * 1_000 };

  const found = await find({ pattern: '*', root: 'docs' }, slow);

  expect(found).toMatchObject({ searched: 4, stopped: { by: 'time', after: 'docs/build/keep.md' } });
  expect(paths(await find({ pattern: '*', root: 'docs', after: 'docs/build/keep.md' }))).toEqual([
    'docs/guides/c.md',
    'docs/guides/deep/d.md',
  ]);
});

test('answers LIMIT_TIMEOUT when not one file was reached in time', async () => {
  let looks = 0;
  const stuck: Clock = { ...systemClock, monotonicMs: () => (looks += 1) * 10_000 };

  await expect(find({ pattern: '*' }, stuck)).rejects.toMatchObject({ code: 'LIMIT_TIMEOUT' });
});

test('ends when the caller is gone', async () => {
  const roots = await resolveRoots([{ id: 'docs', path: join(base, 'docs') }]);
  const search = { pattern: '*', exclude: [], includeHidden: false, limit: 10 };

  await expect(
    findFiles(
      { roots, deny: createDenyRule([], ''), clock: systemClock },
      search,
      AbortSignal.abort(new Error('gone')),
    ),
  ).rejects.toThrow('gone');
});
