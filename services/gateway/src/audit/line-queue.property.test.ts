import { array, assert, integer, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { LineQueue } from './line-queue.ts';

function drain(queue: LineQueue, bytesAtOnce: number): string {
  const taken: Buffer[] = [];
  while (queue.bytes > 0) {
    const part = Buffer.from(queue.peek(bytesAtOnce));
    taken.push(part);
    queue.drop(part.length);
  }
  return Buffer.concat(taken).toString('utf8');
}

test('whatever lines go in and however few bytes are taken at once, the same bytes come out', () => {
  const line = oneof(
    string({ unit: 'grapheme' }),
    integer({ min: 0, max: 70_000 }).map((length) => 'é'.repeat(length)),
  );
  assert(
    property(array(line, { maxLength: 20 }), integer({ min: 1_000, max: 100_000 }), (lines, bytesAtOnce) => {
      const queue = new LineQueue();
      for (const text of lines) queue.append(`${text}\n`);
      const expected = lines.map((text) => `${text}\n`).join('');
      expect(queue.countLines()).toBe(expected.split('\n').length - 1);
      expect(queue.bytes).toBe(Buffer.byteLength(expected));
      expect(drain(queue, bytesAtOnce)).toBe(Buffer.from(expected, 'utf8').toString('utf8'));
      expect(queue.bytes).toBe(0);
    }),
  );
});

test('lines that come while others are written do not change those', () => {
  const queue = new LineQueue();
  queue.append('first\n');
  const inFlight = queue.peek(1_000);
  queue.append('second\n');
  expect(inFlight.toString('utf8')).toBe('first\n');
  queue.drop('first\n'.length);
  expect(drain(queue, 1_000)).toBe('second\n');
});

test('pages that were written are used again', () => {
  const queue = new LineQueue();
  queue.append('first\n');
  const first = queue.peek(1_000);
  queue.drop('first\n'.length);
  queue.append('second\n');
  expect(queue.peek(1_000).buffer).toBe(first.buffer);
});
