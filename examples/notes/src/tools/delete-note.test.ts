import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { localPrincipal } from '@fairlead/server-kit/identity';
import { expect, test } from 'vitest';
import { failure, noteId, recordedDeps } from '../../test/fake-deps.ts';
import { tool } from './delete-note.ts';

const id = noteId(1);

function setup() {
  const deps = recordedDeps();
  const notes = deps.notesOf(localPrincipal());
  const at = deps.clock.now();
  notes.put({ id, title: 'Ropes', body: '', tags: [], version: 2, createdAt: at, updatedAt: at });
  const harness = createToolHarness({ tools: [tool], deps });
  return { deps, notes, harness };
}

test('keeps its wire definition', async () => {
  await expect(expectToolSnapshot(setup().harness.definition('delete_note'), import.meta.url)).resolves.toBeUndefined();
});

test('deletes the note and tells clients that the list has changed', async () => {
  const { harness, deps, notes } = setup();

  const result = await harness.call('delete_note', { id, dry_run: false });

  expect(result.structuredContent).toEqual({ id, deleted: true, dry_run: false });
  expect(notes.list()).toEqual([]);
  expect(deps.announced).toEqual(['list changed', 'notes://list']);
});

test('only shows what would go, unless dry_run is false', async () => {
  const { harness, notes } = setup();

  const result = await harness.call('delete_note', { id });

  expect(result.structuredContent).toMatchObject({ dry_run: true, plan: { title: 'Ropes', version: 2 } });
  expect(notes.list()).toHaveLength(1);
});

test('a note that is gone, or of somebody else, is not found', async () => {
  const { harness, notes } = setup();
  const mallory = { ...localPrincipal(), sub: 'mallory' };

  const foreign = await harness.call('delete_note', { id, dry_run: false }, { principal: mallory });
  const missing = await harness.call('delete_note', { id: noteId(9), dry_run: false });

  expect([foreign, missing]).toMatchObject([failure('NOTE_NOT_FOUND'), failure('NOTE_NOT_FOUND')]);
  expect(notes.list()).toHaveLength(1);
});

test.for(['list', '', '../x', 'not-a-uuid'])('refuses %j as an id', async (text) => {
  expect(await setup().harness.call('delete_note', { id: text })).toMatchObject(failure('INPUT_INVALID'));
});
