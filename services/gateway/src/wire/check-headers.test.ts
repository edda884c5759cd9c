import { expect, test } from 'vitest';
import { checkHeaders } from './check-headers.ts';
import type { JsonRpcRequest } from './json-rpc.ts';
import type { JsonObject } from './json-value.ts';

function request(method: string, params: JsonObject): JsonRpcRequest {
  return { kind: 'request', id: 1, method, params, raw: {} };
}

const call = request('tools/call', { name: 'a__b' });

test('03 H2: takes headers that repeat the body', () => {
  expect(checkHeaders(call, { 'mcp-method': 'tools/call', 'mcp-name': 'a__b' })).toBeUndefined();
  expect(checkHeaders(request('tools/list', {}), { 'mcp-method': 'tools/list' })).toBeUndefined();
});

test('03 H2: reads a name that is sent in base64', () => {
  const read = request('resources/read', { uri: 'note://ä' });

  expect(
    checkHeaders(read, {
      'mcp-method': 'resources/read',
      'mcp-name': `=?base64?${Buffer.from('note://ä').toString('base64')}?=`,
    }),
  ).toBeUndefined();
});

test.each([
  ['an absent method', { 'mcp-name': 'a__b' }],
  ['another method', { 'mcp-method': 'tools/list', 'mcp-name': 'a__b' }],
  ['an absent name', { 'mcp-method': 'tools/call' }],
  ['another name', { 'mcp-method': 'tools/call', 'mcp-name': 'a__c' }],
  ['a doubled name', { 'mcp-method': 'tools/call', 'mcp-name': 'a__b, a__b' }],
  ['base64 that is not canonical', { 'mcp-method': 'tools/call', 'mcp-name': '=?base64?YV9fYg?=' }],
])('03 H2, 06 N02: refuses %s with -32020', (_kind, headers) => {
  expect(checkHeaders(call, headers)).toMatchObject({ status: 400, rpcCode: -32_020, code: 'WIRE_HEADER_MISMATCH' });
});
