import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { createFakeDatabase, fakeDeps } from '../../test/support/fake-database.ts';
import { tool } from './list-databases.ts';

const harness = createToolHarness({
  tools: [tool],
  deps: fakeDeps([createFakeDatabase(), createFakeDatabase({ id: 'stock' })]),
});

test('is defined as its snapshot says', async () => {
  await expect(expectToolSnapshot(harness.definition('list_databases'), import.meta.url)).resolves.toBeUndefined();
});

test('lists every database with its schemas; the first is the default', async () => {
  const result = await harness.call('list_databases', {});

  expect(result.structuredContent).toEqual({
    databases: [
      {
        id: 'main',
        description: 'The main database.',
        dialect: 'postgresql',
        default: true,
        schemas: ['public', 'shop'],
      },
      {
        id: 'stock',
        description: 'The stock database.',
        dialect: 'postgresql',
        default: false,
        schemas: ['public', 'shop'],
      },
    ],
  });
  expect(result.content).toEqual([
    {
      type: 'text',
      text: 'main (default): The main database. [public, shop]\nstock: The stock database. [public, shop]',
    },
  ]);
});

test('answers CONFIG_MISSING, and names the setting, while there is no database', async () => {
  const empty = createToolHarness({ tools: [tool], deps: fakeDeps([]) });

  expect((await empty.call('list_databases', {}))._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'CONFIG_MISSING',
    details: { setting: 'DATA_DATABASE_URL' },
  });
});

test('refuses an argument that it does not have', async () => {
  expect((await harness.call('list_databases', { all: true }))._meta?.['dev.fairlead/error']).toMatchObject({
    code: 'INPUT_INVALID',
  });
});
