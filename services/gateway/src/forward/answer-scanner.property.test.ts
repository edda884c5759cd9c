import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnswerScanner, type ScannedAnswer } from './answer-scanner.ts';

function scan(text: string, cuts: readonly number[] = []): ScannedAnswer {
  const bytes = Buffer.from(text, 'utf8');
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].toSorted(
    (one, other) => one - other,
  );
  const scanner = new AnswerScanner();
  for (const [index, end] of places.slice(1).entries()) scanner.push(bytes.subarray(places[index] ?? 0, end));
  return scanner.found;
}

const id = fc.oneof(fc.string(), fc.integer());
const body = fc.oneof(
  fc.record({ result: fc.record({ isError: fc.boolean(), content: fc.jsonValue() }, { requiredKeys: [] }) }),
  fc.record({ result: fc.jsonValue() }),
  fc.record({ error: fc.record({ code: fc.integer(), message: fc.string(), data: fc.jsonValue() }) }),
);

test('04 G-14: reads from the bytes, however they are split, what parsing would tell', () => {
  const answer = fc.record({
    id,
    body,
    cuts: fc.array(fc.nat(), { maxLength: 8 }),
    indent: fc.constantFrom(undefined, 2),
  });
  fc.assert(
    fc.property(answer, ({ id: one, body: rest, cuts, indent }) => {
      const message: Record<string, unknown> = { jsonrpc: '2.0', ...rest, id: one };
      const { result } = message;
      const isToolError =
        typeof result === 'object' && result !== null && 'isError' in result && result.isError === true;

      expect(scan(JSON.stringify(message, null, indent), cuts)).toEqual({
        id: JSON.stringify(one),
        hasError: 'error' in rest,
        isToolError,
        isComplete: true,
      });
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['cut off', '{"jsonrpc":"2.0","id":1,"result":{"a":'],
  ['cut off in a string', '{"id":1,"result":"abc'],
  ['followed by more', '{"id":1,"result":{}}{"id":2}'],
])('sees that an answer is not whole: %s', (_kind, text) => {
  expect(scan(text).isComplete).toBe(false);
});

test('an id or an isError deeper inside does not count', () => {
  expect(scan('{"id":1,"result":{"structuredContent":{"id":9,"isError":true}}}')).toMatchObject({
    id: '1',
    isToolError: false,
  });
});
