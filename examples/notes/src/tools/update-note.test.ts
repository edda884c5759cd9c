import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { localPrincipal } from '@fairlead/server-kit/identity';
import { expect, test } from 'vitest';
import { failure, noteId, recordedDeps } from '../../test/fake-deps.ts';
import { tool } from './update-note.ts';

const id = noteId(1);

function setup() {
  const deps = recordedDeps();
  const notes = deps.notesOf(localPrincipal());
  const at = deps.clock.now();
  notes.put({ id, title: 'Ropes', body: 'Buy.', tags: ['boat'], version: 3, createdAt: at, updatedAt: at });
  const harness = createToolHarness({ tools: [tool], deps });
  const call = (more = {}) => harness.call('update_note', { id, expected_version: 3, dry_run: false, ...more });
  return { deps, notes, harness, call };
}

test('keeps its wire definition', async () => {
  await expect(expectToolSnapshot(setup().harness.definition('update_note'), import.meta.url)).resolves.toBeUndefined();
});

test('changes the named fields alone, raises the version, and tells subscribers', async () => {
  const { call, deps, notes } = setup();
  await deps.clock.advance(1_000);

  const result = await call({ body: 'Bought.' });

  expect(result.structuredContent).toEqual({ id, version: 4, updated_at: '2026-01-01T00:00:01.000Z', dry_run: false });
  expect(notes.find(id)).toMatchObject({ title: 'Ropes', body: 'Bought.', tags: ['boat'], version: 4 });
  expect(deps.announced).toEqual([`notes://${id}`, 'notes://list']);
});

// 05 T-03: a destructive tool is a dry run unless told otherwise.
test('shows before and after, and changes nothing, unless dry_run is false', async () => {
  const { call, deps, notes } = setup();

  const result = await call({ title: 'New', dry_run: undefined });

  expect(result.structuredContent).toMatchObject({
    dry_run: true,
    plan: { before: { title: 'Ropes', version: 3 }, after: { title: 'New', version: 4 } },
  });
  expect(notes.find(id)).toMatchObject({ title: 'Ropes', version: 3 });
  expect(deps.announced).toEqual([]);
});

test.for([true, false])(
  'refuses another version than expected, and names the current one (dry_run %s)',
  async (dryRun) => {
    const { call, notes } = setup();

    const result = await call({ expected_version: 2, title: 'New', dry_run: dryRun });

    expect(result).toMatchObject({
      ...failure('NOTE_CONFLICT'),
      _meta: { 'dev.fairlead/error': { details: { version: 3 } } },
    });
    expect(notes.find(id)?.title).toBe('Ropes');
  },
);

// 06 S-45: the note of somebody else and one that is nowhere are one answer.
test('a note of somebody else is not found, in the same words as a missing one', async () => {
  const { harness, deps } = setup();
  const mallory = { ...localPrincipal(), sub: 'mallory' };
  const call = (target: string) =>
    harness.call(
      'update_note',
      { id: target, expected_version: 3, title: 'Mine', dry_run: false },
      { principal: mallory },
    );

  const foreign = await call(id);
  const missing = await call(noteId(9));

  expect(foreign).toMatchObject(failure('NOTE_NOT_FOUND'));
  expect(JSON.stringify(foreign).replaceAll(id, '')).toBe(JSON.stringify(missing).replaceAll(noteId(9), ''));
  expect(deps.announced).toEqual([]);
});

test.for([
  { id: 'list' },
  { id: id.toUpperCase().replace('0000', 'ABCD') },
  { expected_version: 0 },
  { expected_version: 2_147_483_648 },
  { title: '' },
  { body: 'x'.repeat(20_001) },
  { version: 3 },
])('refuses %j', async (more) => {
  expect(await setup().call(more)).toMatchObject(failure('INPUT_INVALID'));
});
