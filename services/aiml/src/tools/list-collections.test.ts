import { expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { startAiml } from '../../test/parts/start-aiml.ts';

test('is sent to clients as its snapshot says', async () => {
  await using aiml = await startAiml();

  await expect(expectToolSnapshot(aiml.tools.definition('list_collections'), import.meta.url)).resolves.toBeUndefined();
});

test('answers an empty list when there is none', async () => {
  await using aiml = await startAiml();

  expect((await aiml.tools.call('list_collections', {})).structuredContent).toEqual({
    collections: [],
    truncated: false,
  });
});

test('pages in the order of names, with no gap and no double', async () => {
  await using aiml = await startAiml();
  for (const name of ['cc', 'aa', 'ee', 'bb', 'dd']) await aiml.tools.call('create_collection', { name });

  const names: unknown[] = [];
  let cursor: unknown;
  do {
    const { structuredContent } = await aiml.tools.call('list_collections', {
      limit: 2,
      ...(typeof cursor === 'string' && { cursor }),
    });
    expect(structuredContent).toMatchObject({ collections: expect.any(Array) });
    const page = structuredContent?.['collections'];
    if (Array.isArray(page))
      names.push(
        ...page.map((entry: unknown) =>
          typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : undefined,
        ),
      );
    cursor = structuredContent?.['next_cursor'];
  } while (cursor !== undefined);

  expect(names).toEqual(['aa', 'bb', 'cc', 'dd', 'ee']);
});

test('lowers a limit above the cap and says so', async () => {
  await using aiml = await startAiml();

  expect((await aiml.tools.call('list_collections', { limit: 5_000 })).structuredContent).toMatchObject({
    notice: expect.stringContaining('lowered from 5000 to 100'),
  });
});
