import { expect, test } from 'vitest';
import { parseServerSentEvents } from './parse-server-sent-events.ts';

test('reads events with their name, id and lines of data', () => {
  const text = 'event: tick\nid: 7\ndata: one\ndata: two\n\ndata:{"a":1}\r\n\r\n';

  expect(parseServerSentEvents(text)).toEqual([
    { event: 'tick', id: '7', data: 'one\ntwo' },
    { event: 'message', data: '{"a":1}' },
  ]);
});

test('leaves out comments and fields without data', () => {
  expect(parseServerSentEvents(': keep the line open\n\nretry: 500\n\nid: 3\n\n')).toEqual([]);
});
