import { expect, test } from 'vitest';
import { decodeJson } from './decode-json.ts';

function decode(text: string): unknown {
  return decodeJson(Buffer.from(text, 'utf8'));
}

function nested(depth: number): string {
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

test('decodes an ordinary message', () => {
  const message = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'x', arguments: { list: [1, 'a', null] } },
  };

  expect(decode(JSON.stringify(message))).toEqual(message);
});

test('keeps the literal of a number that a double would change (04 G-12)', () => {
  const text = '{"a":9007199254740993,"b":1e400,"c":-0,"d":0.1,"e":[123456789012345678901234567890]}';

  expect(JSON.stringify(decode(text))).toBe(text);
});

test.each([
  ['a doubled key', '{"a":1,"a":2}', '"a"'],
  ['a doubled key that is escaped once', String.raw`{"name":1,"n\u0061me":2}`, '"name"'],
  ['a doubled key deep inside', '{"a":[{"b":{"c":1,"c":2}}]}', '"c"'],
  ['__proto__', '{"params":{"__proto__":{"isAdmin":true}}}', '"__proto__"'],
])('refuses %s and names it (06 N01)', (_kind, text, key) => {
  expect(() => decode(text)).toThrow(
    expect.objectContaining({ code: 'WIRE_AMBIGUOUS', publicMessage: expect.stringContaining(key) }),
  );
});

test('names the byte at which a doubled key stands', () => {
  expect(() => decode('{"a":1,"a":2}')).toThrow(expect.objectContaining({ details: { key: 'a', offset: 7 } }));
});

test('does not take a key inside a string, or equal keys of two objects, for a doubled one', () => {
  const text = String.raw`{"a":"\"a\":1,{\"a\":2}","b":{"a":1},"c":[{"a":1},{"a":2}]}`;

  expect(JSON.stringify(decode(text))).toBe(text);
});

test('refuses nesting beyond 64 levels and takes 64 (04 G-13)', () => {
  expect(decode(nested(64))).toBeDefined();
  expect(() => decode(nested(65))).toThrow(expect.objectContaining({ code: 'WIRE_AMBIGUOUS' }));
  expect(() => decode(nested(200_000))).toThrow(expect.objectContaining({ code: 'WIRE_AMBIGUOUS' }));
});

test.each([
  ['text that is no JSON', Buffer.from('{nope')],
  ['nothing', Buffer.alloc(0)],
  ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0x22])],
])('refuses %s', (_kind, bytes) => {
  expect(() => decodeJson(bytes)).toThrow(expect.objectContaining({ code: 'WIRE_INVALID' }));
});
