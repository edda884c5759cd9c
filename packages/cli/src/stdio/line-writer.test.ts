import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createLineWriter } from './line-writer.ts';

test('holds back who writes until the reader has taken what is there', async () => {
  const stream = new PassThrough({ highWaterMark: 4 });
  const write = createLineWriter(stream);
  const order: string[] = [];
  const writes = ['one', 'two'].map(async (text) => {
    await write(text);
    order.push(text);
  });
  order.push('written');

  expect(String(stream.read())).toBe('one\ntwo\n');
  await Promise.all(writes);
  expect(order).toEqual(['written', 'one', 'two']);
  expect(stream.listenerCount('drain')).toBe(0);
});
