import type { Principal } from '@fairlead/contracts';
import { expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { startAiml } from '../../test/parts/start-aiml.ts';

const writer: Principal = {
  sub: 'writer',
  tenant: 't1',
  roles: ['writer'],
  allow: ['aiml:read', 'aiml:write'],
  deny: [],
  via: 'key',
};
const admin: Principal = { ...writer, sub: 'admin', allow: ['aiml:*'] };

test('is sent to clients as its snapshot says', async () => {
  await using aiml = await startAiml();

  await expect(
    expectToolSnapshot(aiml.tools.definition('create_collection'), import.meta.url),
  ).resolves.toBeUndefined();
});

test('creates a collection, and the same again changes nothing', async () => {
  await using aiml = await startAiml();
  const input = { name: 'docs', description: 'Guides', fields: { year: 'integer' } };

  expect((await aiml.tools.call('create_collection', input)).structuredContent).toEqual({
    dry_run: false,
    name: 'docs',
    embedder: 'lexical-hash-v1',
    dims: 512,
    created: true,
  });
  expect(
    (await aiml.tools.call('create_collection', { ...input, embedder: 'lexical-hash-v1', dims: 512 }))
      .structuredContent,
  ).toMatchObject({ created: false });
});

test('a dry run says what would happen, and changes nothing', async () => {
  await using aiml = await startAiml();

  expect((await aiml.tools.call('create_collection', { name: 'docs', dry_run: true })).structuredContent).toMatchObject(
    { dry_run: true, plan: { name: 'docs', created: true } },
  );
  expect((await aiml.tools.call('list_collections', {})).structuredContent).toMatchObject({ collections: [] });
});

test.each([false, true])('refuses the same name with other settings (dry_run %s)', async (dryRun) => {
  await using aiml = await startAiml();
  await aiml.tools.call('create_collection', { name: 'docs' });

  expect(
    await aiml.tools.call('create_collection', { name: 'docs', fields: { year: 'integer' }, dry_run: dryRun }),
  ).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'AIML_COLLECTION_CONFLICT' } },
  });
});

test('makes a shared collection only with aiml:admin, and once for all tenants (07 A-22)', async () => {
  await using aiml = await startAiml();
  const shared = { name: 'handbook', visibility: 'shared' };

  expect(await aiml.tools.call('create_collection', shared, { principal: writer })).toMatchObject({
    _meta: { 'dev.fairlead/error': { code: 'AIML_SHARED_DENIED' } },
  });
  expect((await aiml.tools.call('create_collection', shared, { principal: admin })).structuredContent).toMatchObject({
    created: true,
  });
  expect(await aiml.tools.call('create_collection', shared, { principal: { ...admin, tenant: 't2' } })).toMatchObject({
    _meta: { 'dev.fairlead/error': { code: 'AIML_COLLECTION_CONFLICT' } },
  });
});

test.each([
  ['an embedder that it does not have', { embedder: 'other-model' }, 'lexical-hash-v1 only'],
  ['another number of dimensions', { dims: 256 }, '512 numbers'],
  ['a name that is none', { name: 'No Name' }, 'lower-case letters'],
  [
    '17 fields',
    { fields: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`f${index}`, 'bool'])) },
    'more than 16 fields',
  ],
  ['a type that is none', { fields: { a: 'vector' } }, 'fields'],
  ['an unknown argument', { model: 'x' }, 'unknown key'],
])('refuses %s', async (_what, input, words) => {
  await using aiml = await startAiml();

  const result = await aiml.tools.call('create_collection', { name: 'docs', ...input });

  expect(result).toMatchObject({ isError: true, _meta: { 'dev.fairlead/error': { code: 'INPUT_INVALID' } } });
  expect(JSON.stringify(result.content)).toContain(words);
});
