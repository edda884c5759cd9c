import { expect, test } from 'vitest';
import { createFakeContext } from '../../test/support/fake-context.ts';
import { createFakeDatabase, fakeDeps } from '../../test/support/fake-database.ts';
import type { DataDeps } from '../deps.ts';
import type { PromptMessage } from '@fairlead/server-kit';
import { prompt } from './analyze-table.ts';

const deps = fakeDeps([
  createFakeDatabase({
    objects: [
      {
        type: 'table',
        schema: 'shop',
        name: 'orders',
        columns: [{ name: 'id', type: 'integer' }],
        primary_key: ['id'],
      },
    ],
  }),
]);

/** Renders as the kit does: the arguments are parsed by the prompt's own schema first. */
function render(values: Readonly<Record<string, string>>, on: DataDeps = deps): Promise<readonly PromptMessage[]> {
  return Reflect.apply(prompt.render, prompt, [on, prompt.arguments.parse(values), createFakeContext()]);
}

test('embeds the table and suggests three statements', async () => {
  const [table, text] = await render({ table: 'shop.orders' });

  expect(table).toMatchObject({
    role: 'user',
    content: {
      type: 'resource',
      resource: { uri: 'db://main/shop/orders', text: expect.stringContaining('"primary_key":["id"]') },
    },
  });
  expect(text?.content).toMatchObject({
    type: 'text',
    text: expect.stringMatching(/1\. SELECT .*\n2\. SELECT .*\n3\. SELECT /),
  });
});

test('looks for a bare name in every schema, and in the database that is named', async () => {
  expect(await render({ table: 'orders', database: 'main' })).toHaveLength(2);
});

test.each([
  { table: 'none' },
  { table: 'public.orders' },
  { table: '@/etc/passwd' },
  { table: 'orders', database: 'other' },
])('refuses %j and says where the names are', async (values) => {
  await expect(render(values)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
});

test('answers CONFIG_MISSING while there is no database', async () => {
  await expect(render({ table: 'orders' }, fakeDeps([]))).rejects.toMatchObject({ code: 'CONFIG_MISSING' });
});

test('completes its arguments', async () => {
  expect(await prompt.complete?.['table']?.(deps, 'o', createFakeContext())).toEqual(['orders']);
  expect(await prompt.complete?.['database']?.(deps, 'm', createFakeContext())).toEqual(['main']);
});
