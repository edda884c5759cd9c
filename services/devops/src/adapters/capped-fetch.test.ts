import { expect, test } from 'vitest';
import { json, startScriptedServer } from '../../test/scripted-server.ts';
import { createCappedFetch } from './capped-fetch.ts';

test('hands on status, headers and the whole body', async () => {
  await using server = await startScriptedServer(json(201, { number: 7 }, { 'x-mark': 'yes' }));

  const response = await createCappedFetch(1_000)(server.url);

  expect([response.status, response.headers.get('x-mark'), await response.json()]).toEqual([201, 'yes', { number: 7 }]);
});

test('hands on an answer without a body', async () => {
  await using server = await startScriptedServer((_request, response) => response.writeHead(204).end());

  const response = await createCappedFetch(1_000)(server.url);

  expect([response.status, await response.text()]).toEqual([204, '']);
});

// 06 N20: an endless answer must not fill the memory.
test('stops an endless body at the cap', async () => {
  let sentBytes = 0;
  await using server = await startScriptedServer((_request, response) => {
    const chunk = Buffer.alloc(64 * 1_024);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk)) sentBytes += chunk.length;
    };
    response.on('drain', more);
    more();
  });

  await expect(createCappedFetch(1_000_000)(server.url)).rejects.toMatchObject({ name: 'BodyTooLarge' });
  expect(sentBytes).toBeLessThan(20_000_000);
});
