import { expect, test } from 'vitest';
import { formatJson } from './format-json.ts';

test('lays JSON out and keeps every digit and escape', () => {
  const text = '{"id":12345678901234567890,"s":"a\\"{b","list":[1.10,true,null]}';

  expect(formatJson(text)).toBe(
    '{\n  "id": 12345678901234567890,\n  "s": "a\\"{b",\n  "list": [\n    1.10,\n    true,\n    null\n  ]\n}',
  );
});

test('applying it twice changes nothing', () => {
  const once = formatJson('{"a":{"b":[1,{"c":2}]}}') ?? '';

  expect(formatJson(once)).toBe(once);
});

test('answers undefined for text that is not JSON', () => {
  expect(formatJson('{"a" 1}')).toBeUndefined();
});

test('survives nesting of 100,000 levels', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;

  const laidOut = formatJson(deep);

  // JSON.parse may refuse this depth; it must not take the process with it.
  expect(laidOut === undefined || laidOut.length > deep.length).toBe(true);
});
