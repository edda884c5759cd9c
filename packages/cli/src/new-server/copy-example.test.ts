import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { copyExample } from './copy-example.ts';

/** Writes files, with their folders. */
function write(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}

const renaming = { from: 'notes', to: 'memos' };

test('copies and renames files, folders and contents, and answers their names', async () => {
  await using folder = await createRunFolder();
  const [from, to] = [path.join(folder.path, 'examples/notes'), path.join(folder.path, 'services/memos')];
  write(from, {
    'package.json': '{ "name": "@fairlead/example-notes", "description": "Learning server: one tool." }',
    'turbo.json': '{ "tags": ["example"] }',
    'src/service.ts': "name: 'notes'",
    'src/domain/notes.ts': 'export const notes = [];',
  });

  const files = copyExample(from, to, renaming);

  expect(files.toSorted()).toEqual(['package.json', 'src/domain/memos.ts', 'src/service.ts', 'turbo.json']);
  expect(JSON.parse(readFileSync(path.join(to, 'package.json'), 'utf8'))).toEqual({
    name: '@fairlead/memos',
    description: 'MCP server made from an example.',
  });
  expect(readFileSync(path.join(to, 'turbo.json'), 'utf8')).toBe('{ "tags": ["service"] }');
  expect(readFileSync(path.join(to, 'src/domain/memos.ts'), 'utf8')).toBe('export const memos = [];');
});

test('leaves out what was installed or built, and the story', async () => {
  await using folder = await createRunFolder();
  const [from, to] = [path.join(folder.path, 'notes'), path.join(folder.path, 'memos')];
  write(from, { 'node_modules/x/index.js': '', 'dist/main.js': '', '.turbo/log': '', 'run.ts': '', 'src/main.ts': '' });

  expect(copyExample(from, to, renaming)).toEqual(['src/main.ts']);
  expect(existsSync(path.join(to, 'node_modules'))).toBe(false);
});

test('copies a file that is not text byte by byte', async () => {
  await using folder = await createRunFolder();
  const bytes = Buffer.from([0xff, 0xfe, 0x00, ...Buffer.from('notes')]);
  write(path.join(folder.path, 'notes'), { 'logo.png': bytes });

  copyExample(path.join(folder.path, 'notes'), path.join(folder.path, 'memos'), renaming);

  expect(readFileSync(path.join(folder.path, 'memos', 'logo.png'))).toEqual(bytes);
});
