import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { localPrincipal } from '@fairlead/server-kit/identity';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { failure, noteId, recordedDeps } from '../../test/fake-deps.ts';
import { tool } from './search-notes.ts';

const page = z.object({ notes: z.array(z.object({ id: z.string() })), next_cursor: z.string().optional() });

function setup(count: number) {
  const deps = recordedDeps();
  const notes = deps.notesOf(localPrincipal());
  for (let number = 1; number <= count; number += 1) {
    const at = new Date(1_000 * Math.floor(number / 2));
    notes.put({
      id: noteId(number),
      title: `Rope ${number}`,
      body: 'a',
      tags: [],
      version: 1,
      createdAt: at,
      updatedAt: at,
    });
  }
  return { notes, harness: createToolHarness({ tools: [tool], deps }) };
}

test('keeps its wire definition', async () => {
  await expect(
    expectToolSnapshot(setup(0).harness.definition('search_notes'), import.meta.url),
  ).resolves.toBeUndefined();
});

test('finds by text, the last changed first, and labels what it shows as data', async () => {
  const result = await setup(3).harness.call('search_notes', { query: 'rope' });

  expect(result.structuredContent).toMatchObject({
    notes: [
      { title: 'Rope 3', snippet: 'a', updated_at: '1970-01-01T00:00:01.000Z' },
      { title: 'Rope 2' },
      { title: 'Rope 1' },
    ],
    truncated: false,
  });
  expect(result._meta).toMatchObject({ 'dev.fairlead/labels': { integrity: 'untrusted' } });
});

test('finds nothing of somebody else', async () => {
  const mallory = { ...localPrincipal(), sub: 'mallory' };

  const result = await setup(3).harness.call('search_notes', { query: 'rope' }, { principal: mallory });

  expect(result.structuredContent).toEqual({ notes: [], truncated: false });
});

// 05 T-81: no gap and no double.
test('pages through all notes, also those that were changed in one second', async () => {
  const { harness } = setup(7);
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const result = await harness.call('search_notes', {
      query: 'rope',
      limit: 3,
      ...(cursor !== undefined && { cursor }),
    });
    const { notes, next_cursor: next } = page.parse(result.structuredContent);
    seen.push(...notes.map(({ id }) => id));
    cursor = next;
  } while (cursor !== undefined);

  expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1].map(noteId).toSorted().toReversed());
});

test('a cursor is good for its own query and caller only', async () => {
  const { harness } = setup(3);
  const first = await harness.call('search_notes', { query: 'rope', limit: 1 });
  const cursor = page.parse(first.structuredContent).next_cursor;

  await expect(harness.call('search_notes', { query: 'other', cursor })).rejects.toMatchObject({ code: -32_602 });
  await expect(harness.call('search_notes', { query: 'rope', cursor: 'made up' })).rejects.toMatchObject({
    code: -32_602,
  });
});

// 05 T-05: a count is lowered and said so; other bounds refuse.
test('lowers a limit above 100', async () => {
  const result = await setup(101).harness.call('search_notes', { query: 'rope', limit: 500 });

  expect(result.structuredContent).toMatchObject({
    truncated: true,
    notice: expect.stringContaining('lowered from 500 to 100'),
  });
});

test.for([{ query: '' }, { query: 'x'.repeat(201) }, { query: 'a', limit: 0 }, { query: 'a', tag: 'b' }])(
  'refuses %j',
  async (input) => {
    expect(await setup(0).harness.call('search_notes', input)).toMatchObject(failure('INPUT_INVALID'));
  },
);
