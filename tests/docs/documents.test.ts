import path from 'node:path';
import { createRunFolder, type RunFolder } from '@fairlead/testkit/waiting';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyRepository, readerEnvironment, stopFleet } from './copy-repository.ts';
import { runDocument, type FollowedBlocks } from './run-document.ts';

const docs = path.resolve(import.meta.dirname, '../../docs');
let clone: RunFolder;

beforeAll(async () => {
  clone = await createRunFolder();
  await copyRepository(clone.path);
}, 180_000);

afterAll(async () => {
  // A tutorial that failed half way has left its fleet running; one that was followed to its end has none to stop.
  await stopFleet(clone.path).catch(() => undefined);
  await clone[Symbol.asyncDispose]();
}, 30_000);

function follow(document: string): Promise<FollowedBlocks> {
  return runDocument({ document: path.join(docs, document), folder: clone.path, environment: readerEnvironment() });
}

// Two files by hand: what a tool costs. The guide is followed word by word in a copy of the repository.
test(
  'docs/guides/add-a-tool.md: two written files make a tool that is tested and served',
  { timeout: 180_000 },
  async () => {
    expect(await follow('guides/add-a-tool.md')).toEqual({ ran: 4, written: 2, compared: 4 });
  },
);

test(
  'docs/tutorials/first-server.md: from nothing to a tool that one role may call',
  { timeout: 300_000 },
  async () => {
    expect(await follow('tutorials/first-server.md')).toEqual({ ran: 8, written: 3, compared: 7 });
  },
);
