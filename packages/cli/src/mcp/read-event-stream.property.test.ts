import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readEventStream } from './read-event-stream.ts';

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (const size of sizes) {
    yield bytes.subarray(at, at + size);
    at += size;
  }
  yield bytes.subarray(at);
}

async function readAll(bytes: Uint8Array, sizes: readonly number[]): Promise<readonly string[]> {
  const events: string[] = [];
  for await (const event of readEventStream(cut(bytes, sizes))) events.push(event);
  return events;
}

const line = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => !/[\r\n]/.test(text));
const lineEnd = fc.constantFrom('\n', '\r\n');

test('any cut of the bytes into chunks gives the same events', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(line, { minLength: 1, maxLength: 3 }), { maxLength: 4 }),
      lineEnd,
      fc.array(fc.nat({ max: 12 }), { maxLength: 30 }),
      async (events, end, sizes) => {
        const text = events.map(
          (lines) => `: keep-alive${end}id: 1${end}${lines.map((each) => `data: ${each}${end}`).join('')}${end}`,
        );

        const read = await readAll(Buffer.from(text.join('')), sizes);

        expect(read).toEqual(
          events.filter((lines) => lines.some((each) => each !== '')).map((lines) => lines.join('\n')),
        );
      },
    ),
    { numRuns: 200 },
  );
});

test('an event that the stream ends in the middle of is dropped', async () => {
  const read = await readAll(Buffer.from('data: whole\n\ndata: half'), []);

  expect(read).toEqual(['whole']);
});
