import { readFileSync, statSync, symlinkSync, lstatSync, writeFileSync, chmodSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { readClientConfig, writeClientConfig } from './config-file.ts';

const now = new Date('2026-11-20T20:00:00.000Z');

test('makes a new file, with its folder, for the owner alone', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, '.vscode', 'mcp.json');

  const backup = writeClientConfig(file, { servers: {} }, now);

  expect(backup).toBeUndefined();
  expect(readFileSync(file, 'utf8')).toBe('{\n  "servers": {}\n}\n');
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('keeps what was there beside it, and its mode', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'mcp.json');
  writeFileSync(file, '{"a":1}');
  chmodSync(file, 0o644);

  const backup = writeClientConfig(file, { a: 2 }, now);

  expect(backup).toBe(`${file}.2026-11-20T20-00-00-000Z.bak`);
  expect(readFileSync(`${backup}`, 'utf8')).toBe('{"a":1}');
  expect(readClientConfig(file)).toEqual({ a: 2 });
  expect(statSync(file).mode & 0o777).toBe(0o644);
});

test('writes the file behind a link and keeps the link', async () => {
  await using folder = await createRunFolder();
  const real = path.join(folder.path, 'dotfiles.json');
  const link = path.join(folder.path, 'mcp.json');
  writeFileSync(real, '{}');
  symlinkSync(real, link);

  writeClientConfig(link, { a: 1 }, now);

  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readClientConfig(real)).toEqual({ a: 1 });
});

test('reads an absent or empty file as an empty config', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'mcp.json');
  expect(readClientConfig(file)).toEqual({});

  writeFileSync(file, '\uFEFF \n');

  expect(readClientConfig(file)).toEqual({});
});

// Written back it would have lost its comments.
test.for(['{ // mine\n "a": 1 }', '[]', '"text"'])('leaves %j alone and says how to go on', async (text) => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'mcp.json');
  writeFileSync(file, text);

  expect(() => readClientConfig(file)).toThrow(
    expect.objectContaining({ exitCode: 1, fix: 'add --print, and paste the entry by hand' }),
  );
  expect(readFileSync(file, 'utf8')).toBe(text);
});
