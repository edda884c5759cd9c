import { execFileSync } from 'node:child_process';
import { link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFileSource } from '../../src/adapters/file-source.ts';
import type { DocumentSource } from '../../src/deps.ts';

const missing = { kind: 'missing' };
let folder = '';
let source: DocumentSource;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fairlead-roots-'));
  const docs = join(folder, 'docs');
  await mkdir(join(docs, 'guides'), { recursive: true });
  await mkdir(join(folder, 'docs_old'));
  await writeFile(join(docs, 'guides', 'first steps.md'), '# First');
  await writeFile(join(folder, 'docs_old', 'secret.md'), 'secret');
  await writeFile(join(docs, 'server.pem'), 'secret');
  await writeFile(join(docs, 'large.md'), 'x'.repeat(2_000));
  await symlink(join(folder, 'docs_old', 'secret.md'), join(docs, 'link.md'));
  await symlink(join(docs, 'server.pem'), join(docs, 'renamed.md'));
  await symlink(join(folder, 'docs_old'), join(docs, 'linked-folder'));
  await symlink(join(docs, 'guides'), join(docs, 'inner'));
  await symlink('/proc/self/environ', join(docs, 'environ.md'));
  await link(join(folder, 'docs_old', 'secret.md'), join(docs, 'hard.md'));
  execFileSync('mkfifo', [join(docs, 'pipe.md')]);
  await symlink(docs, join(folder, 'docs-link'));
  source = createFileSource({
    roots: new Map([
      ['docs', docs],
      ['alias', join(folder, 'docs-link')],
      ['gone', join(folder, 'gone')],
    ]),
    bytesMax: 1_000,
  });
});

afterAll(() => rm(folder, { recursive: true }));

test('loads a file below a root, also through a linked root and a link that stays inside', async () => {
  for (const uri of [
    'file:///docs/guides/first%20steps.md',
    'file:///alias/guides/first%20steps.md',
    'file:///docs/inner/first%20steps.md',
  ]) {
    expect(await source.load(uri)).toMatchObject({
      kind: 'loaded',
      name: 'first steps.md',
      bytes: Buffer.from('# First'),
    });
  }
});

test('says that a file is too large, before it is in memory', async () => {
  expect(await source.load('file:///docs/large.md')).toEqual({ kind: 'too-large', bytesMax: 1_000 });
});

// 06 N16, S-50 to S-53: one answer for all, and no file is opened for writing or waited for.
test.each([
  ['what is not there', 'file:///docs/none.md'],
  ['a root that is not there', 'file:///gone/a.md'],
  ['an unknown root', 'file:///etc/passwd'],
  ['a folder', 'file:///docs/guides'],
  ['a sibling of the root', 'file:///docs/../docs_old/secret.md'],
  ['a link out of the root', 'file:///docs/link.md'],
  ['a folder that links out of the root', 'file:///docs/linked-folder/secret.md'],
  ['a link to a file that is never read', 'file:///docs/renamed.md'],
  ['a link into /proc', 'file:///docs/environ.md'],
  ['a second name of a file elsewhere', 'file:///docs/hard.md'],
  ['a named pipe', 'file:///docs/pipe.md'],
  ['a file as a folder', 'file:///docs/large.md/x'],
  ['a key file', 'file:///docs/server.pem'],
])('answers "missing" for %s', async (_what, uri) => {
  expect(await source.load(uri)).toEqual(missing);
});
