import { expect, test } from 'vitest';
import { readMessage } from './read-message.ts';

test('tells a request, a notification and an answer apart', () => {
  expect(readMessage({ jsonrpc: '2.0', id: 'a', method: 'ping' })).toMatchObject({
    ok: true,
    message: { kind: 'request', id: 'a' },
  });
  expect(readMessage({ jsonrpc: '2.0', method: 'notifications/initialized' })).toMatchObject({
    ok: true,
    message: { kind: 'notification' },
  });
  expect(readMessage({ jsonrpc: '2.0', id: 1, result: {} })).toMatchObject({ ok: true, message: { kind: 'response' } });
});

test('keeps an id whose number a double cannot hold', () => {
  const id = JSON.rawJSON('9007199254740993');

  expect(readMessage({ jsonrpc: '2.0', id, method: 'ping' })).toMatchObject({ ok: true, message: { id } });
});

test.each([
  ['a batch (03 E4)', [{ jsonrpc: '2.0', id: 1, method: 'ping' }]],
  ['a body that is no object (03 E7)', 'ping'],
  ['another version of JSON-RPC', { jsonrpc: '1.0', id: 1, method: 'ping' }],
  ['a null id', { jsonrpc: '2.0', id: null, method: 'ping' }],
  ['params that are a list', { jsonrpc: '2.0', id: 1, method: 'ping', params: [] }],
  ['a method beside a result', { jsonrpc: '2.0', id: 1, method: 'ping', result: {} }],
  ['an answer without result and error', { jsonrpc: '2.0', id: 1 }],
])('refuses %s with 400 and -32600', (_kind, body) => {
  expect(readMessage(body)).toMatchObject({
    ok: false,
    refusal: { status: 400, rpcCode: -32_600, code: 'WIRE_INVALID' },
  });
});

test.each([
  ['Method', { jsonrpc: '2.0', id: 1, method: 'ping', Method: 'tools/call' }],
  ['PARAMS', { jsonrpc: '2.0', id: 1, method: 'ping', PARAMS: {} }],
  ['naMe', { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'a', naMe: 'b' } }],
  ['with U+017F for s', { jsonrpc: '2.0', id: 1, method: 'ping', ['param\u017f']: {} }],
  ['with U+212A for k', { jsonrpc: '2.0', id: 1, method: 'ping', params: { ['tas\u212A']: {} } }],
  ['in _meta', { jsonrpc: '2.0', id: 1, method: 'ping', params: { _meta: { progresstoken: 1 } } }],
])('refuses a key that differs in case only: %s (06 N01)', (_kind, body) => {
  expect(readMessage(body)).toMatchObject({
    ok: false,
    id: 1,
    refusal: { code: 'WIRE_INVALID', message: expect.stringContaining('case') },
  });
});

test('lets a tool name its own arguments as it likes', () => {
  const body = {
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'a', arguments: { Name: 1, METHOD: 2, Id: 3 } },
  };

  expect(readMessage(body)).toMatchObject({ ok: true });
});
