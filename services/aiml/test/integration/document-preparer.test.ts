import { createFakeClock } from '@fairlead/server-kit/testing';
import { createLogger } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import { createDocumentPreparer } from '../../src/adapters/document-preparer.ts';
import type { LoadedDocument } from '../../src/domain/indexing/prepare-document.ts';

const log = createLogger({ name: 'aiml', level: 'silent' });
const loaded: LoadedDocument = {
  body: 'some words',
  uri: 'doc://docs/a',
  title: 'A',
  mime: undefined,
  name: undefined,
  metadata: {},
  stored: undefined,
};

test('gives a document up after 30 s, and prepares the next one', async () => {
  const clock = createFakeClock();
  const preparer = createDocumentPreparer({ clock, log });
  const slow = preparer.prepare({ ...loaded, body: 'Sentence of a long document. '.repeat(500_000) });

  await clock.advance(30_000);

  expect(await slow).toEqual({ kind: 'failed', reason: expect.stringContaining('30 s') });
  expect(await preparer.prepare(loaded)).toMatchObject({
    kind: 'prepared',
    document: { chunks: [{ text: 'some words' }] },
  });
  expect(clock.pending).toBe(0);
  await preparer.close();
});
