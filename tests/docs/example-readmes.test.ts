import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readerEnvironment } from './copy-repository.ts';
import { runDocument } from './run-document.ts';

const examples = path.resolve(import.meta.dirname, '../../examples');
const names = readdirSync(examples).filter((name) => existsSync(path.join(examples, name, 'package.json')));

// 09 V-71.
test.for(names)('the commands in the README of examples/%s do what it says', { timeout: 60_000 }, async (name) => {
  const folder = path.join(examples, name);

  const followed = await runDocument({
    document: path.join(folder, 'README.md'),
    folder,
    environment: readerEnvironment(),
  });

  expect(followed).toMatchObject({ ran: 1, written: 0, compared: 1 });
});
