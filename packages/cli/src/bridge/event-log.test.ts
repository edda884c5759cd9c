import { expect, test } from 'vitest';
import { EventLog, parseEventId, toEventId } from './event-log.ts';

test('03 G3: gives the events of one stream behind a number, without doubles', () => {
  const log = new EventLog();
  const first = log.append('get', 'a');
  log.append('p1', 'of another stream');
  log.append('get', 'b');

  expect(log.after('get', first).map(({ text }) => text)).toEqual(['b']);
  expect(log.after('get', 0).map(({ text }) => text)).toEqual(['a', 'b']);
});

test('keeps 256 events and 4 Mi characters at most, the newest', () => {
  const log = new EventLog();
  for (let count = 1; count <= 300; count += 1) log.append('get', String(count));
  expect(log.after('get', 0).map(({ text }) => text)).toEqual(
    Array.from({ length: 256 }, (_, index) => String(index + 45)),
  );

  log.append('get', 'x'.repeat(4 * 1024 * 1024));

  expect(log.after('get', 0)).toHaveLength(1);
});

test('reads its own event ids and no other', () => {
  expect(parseEventId(toEventId(12, 'p3'))).toEqual({ sequence: 12, stream: 'p3' });
  expect(['', '0_get', '1_', '1_a b', 'x_get'].map(parseEventId)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
