import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { localPrincipal } from '@fairlead/server-kit/identity';
import { expect, test } from 'vitest';
import { failure, noteId, recordedDeps } from '../../test/fake-deps.ts';
import { tool } from './create-note.ts';

const input = { title: 'Ropes', body: 'Buy new ones.' };

function setup() {
  const deps = recordedDeps();
  const harness = createToolHarness({ tools: [tool], deps, serviceName: 'notes' });
  return { deps, harness, call: (more = {}) => harness.call('create_note', { ...input, ...more }) };
}

test('keeps its wire definition', async () => {
  await expect(expectToolSnapshot(setup().harness.definition('create_note'), import.meta.url)).resolves.toBeUndefined();
});

test('writes the note and tells clients that the list has changed', async () => {
  const { call, deps } = setup();

  const result = await call({ tags: ['boat'] });

  const created = { id: noteId(1), uri: `notes://${noteId(1)}`, created_at: '2026-01-01T00:00:00.000Z' };
  expect(result.structuredContent).toEqual({ ...created, dry_run: false });
  expect(deps.notesOf(localPrincipal()).list()).toMatchObject([{ ...input, tags: ['boat'], version: 1 }]);
  expect(deps.announced).toEqual(['list changed', 'notes://list']);
});

// 05 T-03.
test('a dry run writes and announces nothing', async () => {
  const { call, deps } = setup();

  const result = await call({ dry_run: true });

  expect(result.structuredContent).toMatchObject({ dry_run: true, plan: { title: 'Ropes' } });
  expect([deps.notesOf(localPrincipal()).list(), deps.announced]).toEqual([[], []]);
});

// 05 T-04.
test('the same call under one idempotency key makes one note', async () => {
  const { call, deps } = setup();

  const first = await call({ idempotency_key: 'once' });
  const again = await call({ idempotency_key: 'once' });

  expect(again.structuredContent).toEqual({ ...first.structuredContent, replayed: true });
  expect(deps.notesOf(localPrincipal()).list()).toHaveLength(1);
  expect(await call({ idempotency_key: 'once', title: 'Other' })).toMatchObject(failure('NOTES_IDEMPOTENCY_CONFLICT'));
});

test('refuses the 1,001st note, in a dry run too', async () => {
  const { call } = setup();
  for (let number = 1; number <= 1_000; number += 1) await call();

  expect(await call()).toMatchObject(failure('NOTES_FULL'));
  expect(await call({ dry_run: true })).toMatchObject(failure('NOTES_FULL'));
});

test.for([
  { title: '' },
  { title: 'x'.repeat(201) },
  { body: 'x'.repeat(20_001) },
  { tags: Array.from({ length: 11 }, () => 'tag') },
  { tags: [''] },
  { tags: ['x'.repeat(41)] },
  { owner: 'ada' },
])('refuses %j and writes nothing', async (more) => {
  const { call, deps } = setup();

  expect(await call(more)).toMatchObject(failure('INPUT_INVALID'));
  expect(deps.notesOf(localPrincipal()).list()).toEqual([]);
});

test('takes the longest note', async () => {
  const longest = {
    title: 'x'.repeat(200),
    body: 'x'.repeat(20_000),
    tags: Array.from({ length: 10 }, () => 'x'.repeat(40)),
  };

  expect((await setup().call(longest)).isError).toBeUndefined();
});
