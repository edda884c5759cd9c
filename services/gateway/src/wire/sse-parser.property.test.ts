import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeSseEvent, type SseEvent } from './sse-event.ts';
import { SseParser } from './sse-parser.ts';

function parse(chunks: readonly Buffer[]): { events: SseEvent[]; comments: number } {
  const events: SseEvent[] = [];
  let comments = 0;
  const parser = new SseParser({
    onEvent: (event) => events.push(event),
    onComment: () => {
      comments += 1;
    },
  });
  for (const chunk of chunks) parser.push(chunk);
  return { events, comments };
}

function split(bytes: Buffer, cuts: readonly number[]): readonly Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted(
    (one, other) => one - other,
  );
  return places.slice(1).map((end, index) => bytes.subarray(places[index] ?? 0, end));
}

const line = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.replaceAll(/[\r\n\0]/g, ''));
const event: fc.Arbitrary<SseEvent> = fc.record(
  {
    id: line,
    event: line,
    retry: fc.nat(100_000),
    data: fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
  },
  { requiredKeys: ['data'] },
);

test('03 C10: any split of the bytes, with any of the three line ends, gives the same events', () => {
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 5 }),
      fc.constantFrom('\n', '\r\n', '\r'),
      fc.array(fc.nat(), { maxLength: 12 }),
      (events, end, cuts) => {
        const text = events
          .map((one) => `: a comment\n${encodeSseEvent(one)}`)
          .join('')
          .replaceAll('\n', end);

        const read = parse(split(Buffer.from(text, 'utf8'), cuts));

        expect(read.events).toEqual(events);
        expect(read.comments).toBe(events.length);
      },
    ),
    { numRuns: 200 },
  );
});

test('an event without its closing blank line is none', () => {
  expect(parse([Buffer.from('data: a\n\ndata: b\n')]).events).toEqual([{ data: 'a' }]);
});

test('a first event that only has an id, as servers send it before a stream that can be resumed, is kept', () => {
  expect(parse([Buffer.from('id: 7\nretry: 100\ndata:\n\n')]).events).toEqual([{ id: '7', retry: 100, data: '' }]);
});

test('03 C10: refuses an event beyond the cap', () => {
  const half = Buffer.alloc(2.5 * 1024 * 1024, 'a');

  expect(() => parse([Buffer.from('data: '), half, half])).toThrow(RangeError);
});
