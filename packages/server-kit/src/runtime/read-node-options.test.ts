import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { readNodeOptions } from './read-node-options.ts';

function folderWith(manifest: object): URL {
  const folder = mkdtempSync(path.join(tmpdir(), 'fairlead-options-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return pathToFileURL(`${folder}/`);
}

test('reads what the service wants', () => {
  expect(readNodeOptions(folderWith({ fairlead: { nodeOptions: ['--no-maglev'] } }))).toEqual(['--no-maglev']);
});

test('a service that names none is started with none', () => {
  expect(readNodeOptions(folderWith({}))).toEqual([]);
  expect(readNodeOptions(folderWith({ fairlead: {} }))).toEqual([]);
});

test('refuses what Node would take for the file to run', () => {
  expect(() => readNodeOptions(folderWith({ fairlead: { nodeOptions: ['main.js'] } }))).toThrow('--');
});
