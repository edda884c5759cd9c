import { expect, test } from 'vitest';
import { readAnswer } from './read-answer.ts';

test('tells a result, a tool error and an error apart', () => {
  expect(readAnswer('{"id":1,"result":{}}', 1)).toMatchObject({ ok: true, outcome: { outcome: 'ok' } });
  expect(readAnswer('{"id":1,"result":{"isError":true}}', 1)).toMatchObject({
    ok: true,
    outcome: { outcome: 'tool_error' },
  });
  expect(readAnswer('{"id":1,"error":{"code":-32602}}', 1)).toMatchObject({
    ok: true,
    outcome: { outcome: 'rpc_error', code: '-32602' },
  });
});

test('takes an error without an id, as servers send it before they have read one', () => {
  expect(readAnswer('{"id":null,"error":{"code":-32700}}', 'a')).toMatchObject({ ok: true, hasNullId: true });
});

test.each([
  ['the id of another request', '{"id":2,"result":{}}'],
  ['an id of another type', '{"id":"1","result":{}}'],
  ['no id beside a result', '{"result":{}}'],
  ['neither result nor error', '{"id":1}'],
  ['no JSON', '<html>'],
  ['a list', '[]'],
])('06 N20: does not take an answer with %s', (_kind, text) => {
  expect(readAnswer(text, 1)).toMatchObject({ ok: false });
});
