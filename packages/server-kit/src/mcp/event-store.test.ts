import { expect, test } from 'vitest';
import { createEventStore } from './event-store.ts';

const note = (text: string) => ({ jsonrpc: '2.0', method: 'notifications/message', params: { text } }) as const;

test('replays what came after an event on the same stream, and nothing of others', async () => {
  const store = createEventStore();
  const first = await store.storeEvent('a', note('1'));
  await store.storeEvent('b', note('other'));
  await store.storeEvent('a', note('2'));
  const seen: unknown[] = [];

  const stream = await store.replayEventsAfter(first, { send: async (_id, message) => void seen.push(message) });

  expect(stream).toBe('a');
  expect(seen).toEqual([note('2')]);
});

test('refuses an event id that it never gave out', async () => {
  await expect(createEventStore().replayEventsAfter('nonsense', { send: async () => undefined })).rejects.toThrow(
    'not one of this session',
  );
});

test('keeps the last 256 events', async () => {
  const store = createEventStore();
  const first = await store.storeEvent('a', note('0'));
  for (let index = 1; index <= 300; index += 1) await store.storeEvent('a', note(String(index)));
  let count = 0;

  await store.replayEventsAfter(first, { send: async () => void (count += 1) });

  expect(count).toBe(256);
});
