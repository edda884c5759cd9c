import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, open, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@fairlead/server-kit/runtime';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Files } from '../../deps.ts';
import { createDenyRule } from '../../domain/files/deny-rule.ts';
import type { LineRange } from '../../domain/files/text-window.ts';
import { createLocalFiles } from './local-files.ts';
import { openExactly } from './open-inside.ts';
import { resolveRoots } from './real-root.ts';

let base: string;
let root: string;
let files: Files;
const signal = new AbortController().signal;
/** A program of every POSIX system; Node itself cannot make a pipe with a name. */
const makePipe = 'mkfifo';
const start: LineRange = { kind: 'from', firstLine: 1, linesMax: 500 };

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'fairlead-files-'));
  root = join(base, 'docs');
  await mkdir(join(root, 'guides'), { recursive: true });
  await writeFile(join(root, 'guides', 'start.md'), '# Start\nline two\nline three\n');
  await writeFile(join(base, 'outside.md'), 'outside');
  const roots = await resolveRoots([{ id: 'docs', path: root }]);
  files = createLocalFiles({ roots, deny: createDenyRule([], '/home/me'), clock: systemClock });
});

afterEach(() => rm(base, { recursive: true }));

const read = (path: string, range: LineRange = start) => files.readLines(path, range, signal);
const refusalOf = (path: string) => read(path).catch((error: unknown) => error);
const notFound = (path: string) => ({
  code: 'FILE_NOT_FOUND',
  message: `No file ${JSON.stringify(path)}. Paths are <root>/<path below it>; find_files lists them.`,
});

test('reads a file with its lines, size, type and digest', async () => {
  expect(await read('docs/guides/../guides/start.md')).toEqual({
    path: 'docs/guides/start.md',
    content: '# Start\nline two\nline three\n',
    startLine: 1,
    endLine: 3,
    cutBy: undefined,
    mime: 'text/markdown',
    size: 28,
    whole: { totalLines: 3, sha256: '92a8aa8621c08873d5f1d9e1aa27e1f2d4abcd4d9ae49d0581342902d1e95709' },
  });
});

test('reads a range of lines, and the last lines', async () => {
  expect(await read('docs/guides/start.md', { kind: 'from', firstLine: 2, linesMax: 1 })).toMatchObject({
    content: 'line two\n',
    startLine: 2,
    endLine: 2,
    cutBy: 'rows',
  });
  expect(await read('docs/guides/start.md', { kind: 'tail', linesMax: 1 })).toMatchObject({
    content: 'line three\n',
    startLine: 3,
    endLine: 3,
    cutBy: undefined,
  });
  expect(await read('docs/guides/start.md', { kind: 'from', firstLine: 9, linesMax: 1 })).toMatchObject({
    content: '',
    startLine: 9,
    endLine: 8,
  });
});

// 06 N16, S-50, S-53: missing, outside and forbidden are one answer.
test('gives one answer for missing, outside, and never readable', async () => {
  await writeFile(join(root, '.env'), 'SECRET=1');
  await symlink(join(base, 'outside.md'), join(root, 'link.md'));
  await symlink(base, join(root, 'up'));
  await symlink('loop', join(root, 'loop'));
  await mkdir(join(base, 'docs_old'));
  await writeFile(join(base, 'docs_old', 'a.md'), 'old');

  for (const path of [
    'docs/none.md',
    'docs/../outside.md',
    'docs/link.md',
    'docs/up/outside.md',
    'docs/loop',
    'docs/.env',
    'docs_old/a.md',
    '/etc/passwd',
    'docs/guides/start.md/x',
  ]) {
    expect(await refusalOf(path)).toMatchObject(notFound(path));
  }
});

test('follows a link that stays inside the root, but not to a name that is never read', async () => {
  await symlink(join(root, 'guides', 'start.md'), join(root, 'inside.md'));
  await writeFile(join(root, 'server.key'), 'private');
  await symlink(join(root, 'server.key'), join(root, 'harmless.txt'));

  expect((await read('docs/inside.md')).content).toContain('# Start');
  expect(await refusalOf('docs/harmless.txt')).toMatchObject(notFound('docs/harmless.txt'));
});

test('does not wait on a pipe, and reads no folder and no second name of a file', async () => {
  execFileSync(makePipe, [join(root, 'pipe')]);
  await link(join(base, 'outside.md'), join(root, 'hard.md'));

  await expect(read('docs/pipe')).rejects.toMatchObject({ code: 'FILE_NOT_REGULAR' });
  await expect(read('docs/guides')).rejects.toMatchObject({ code: 'FILE_NOT_REGULAR' });
  await expect(read('docs/hard.md')).rejects.toMatchObject({ code: 'FILE_NOT_REGULAR' });
});

test('names the type of a binary file', async () => {
  await writeFile(join(root, 'logo.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1]));

  await expect(read('docs/logo.png')).rejects.toMatchObject({ code: 'FILE_BINARY', details: { mime: 'image/png' } });
});

// The race of S-50: between the check and the open, a folder on the way becomes a link that leads outside.
test('opens nothing through a link that was put in after the check', async () => {
  const checked = join(root, 'guides', 'start.md');
  await rename(join(root, 'guides'), join(root, 'moved'));
  await mkdir(join(base, 'evil'));
  await writeFile(join(base, 'evil', 'start.md'), 'evil');
  await symlink(join(base, 'evil'), join(root, 'guides'));

  expect(await openExactly(checked)).toBeUndefined();
});

// 06 S-55.
test('gives 64 KiB at most and says where it stopped', async () => {
  await writeFile(join(root, 'long.txt'), `${'x'.repeat(99)}\n`.repeat(2_000));

  const window = await read('docs/long.txt', { kind: 'from', firstLine: 1, linesMax: 5_000 });

  expect(window).toMatchObject({ cutBy: 'bytes', endLine: 655 });
  expect(Buffer.byteLength(window.content)).toBeLessThanOrEqual(65_536);
});

test('reads the end and the middle of a 10 GB file in constant memory', async () => {
  const path = join(root, 'huge.log');
  const head = 'first line\n'.repeat(200_000);
  await writeFile(path, head);
  await truncate(path, 10 * 1_024 ** 3);
  const handle = await open(path, 'a');
  await handle.write('\nlast but one\nlast\n');
  await handle.close();
  const before = process.memoryUsage().rss;

  const tail = await read('docs/huge.log', { kind: 'tail', linesMax: 2 });
  const middle = await read('docs/huge.log', { kind: 'from', firstLine: 150_000, linesMax: 2 });

  expect(tail).toMatchObject({
    content: 'last but one\nlast\n',
    startLine: -2,
    endLine: -1,
    whole: undefined,
    cutBy: undefined,
  });
  expect(middle).toMatchObject({
    content: 'first line\nfirst line\n',
    startLine: 150_000,
    cutBy: 'rows',
    whole: undefined,
  });
  expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1_024 ** 2);
});

test('stops reading when the caller is gone', async () => {
  await writeFile(join(root, 'big.txt'), 'line\n'.repeat(300_000));

  const reading = files.readLines(
    'docs/big.txt',
    { kind: 'from', firstLine: 299_000, linesMax: 1 },
    AbortSignal.abort(new Error('gone')),
  );

  await expect(reading).rejects.toThrow('gone');
});

test('refuses at start a root that is not there, by its id', async () => {
  await expect(resolveRoots([{ id: 'lost', path: join(base, 'none') }])).rejects.toThrow('the folder of lost');
  await expect(resolveRoots([{ id: 'file', path: join(base, 'outside.md') }])).rejects.toThrow('of file, is no folder');
});
