import { expect, test } from 'vitest';
import { classify } from './classify.ts';

const meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};
const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'echo', _meta: meta } };
const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'echo' };

test('E1: takes a request with an envelope as modern', () => {
  expect(classify(headers, call)).toEqual({ kind: 'modern-request', message: call });
});

test('E1: takes a request without an envelope as legacy', () => {
  const message = { jsonrpc: '2.0', id: 'a', method: 'tools/list' };

  expect(classify({}, message)).toEqual({ kind: 'legacy-request', message });
  expect(classify({ 'mcp-protocol-version': '2025-11-25' }, message)).toEqual({ kind: 'legacy-request', message });
});

test('E1: refuses a modern header without an envelope, and an envelope without a header', () => {
  const bare = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

  expect(classify({ 'mcp-protocol-version': '2026-07-28' }, bare)).toMatchObject({
    status: 400,
    error: { code: -32_602 },
  });
  expect(classify({}, call)).toMatchObject({ status: 400, error: { code: -32_020 } });
});

test.each([
  ['Mcp-Method', { ...headers, 'mcp-method': 'tools/list' }],
  ['Mcp-Name', { ...headers, 'mcp-name': 'other' }],
  ['a missing Mcp-Name', { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call' }],
  ['a missing Mcp-Method', { 'mcp-protocol-version': '2026-07-28', 'mcp-name': 'echo' }],
])('H2: refuses %s that differs from the body', (_what, wrong) => {
  expect(classify(wrong, call)).toMatchObject({ kind: 'rejected', status: 400, error: { code: -32_020 } });
});

test('H2: reads a base64 name', () => {
  const name = 'größe';
  const message = { ...call, params: { ...call.params, name } };
  const encoded = { ...headers, 'mcp-name': `=?base64?${Buffer.from(name).toString('base64')}?=` };

  expect(classify(encoded, message)).toMatchObject({ kind: 'modern-request' });
  expect(classify({ ...headers, 'mcp-name': '=?base64?!!?=' }, message)).toMatchObject({ status: 400 });
});

test('E4, E7: refuses batches and bodies that are no object', () => {
  for (const body of [[], [call], 'text', 7, null]) {
    expect(classify(headers, body)).toMatchObject({ kind: 'rejected', status: 400, error: { code: -32_600 } });
  }
});

test('names the versions that it speaks when it is asked for another', () => {
  const other = {
    ...call,
    params: { ...call.params, _meta: { ...meta, 'io.modelcontextprotocol/protocolVersion': '2099-01-01' } },
  };

  expect(classify({ ...headers, 'mcp-protocol-version': '2099-01-01' }, other)).toMatchObject({
    status: 400,
    error: { code: -32_022, data: { requested: '2099-01-01' } },
  });
});

test('G5: refuses an unknown version header of a legacy request', () => {
  const message = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

  expect(classify({ 'mcp-protocol-version': '2024-01-01' }, message)).toMatchObject({ kind: 'rejected', status: 400 });
});

test('tells notifications and responses of legacy clients apart', () => {
  expect(classify({}, { jsonrpc: '2.0', method: 'notifications/initialized' })).toMatchObject({
    kind: 'legacy-notification',
  });
  expect(classify({}, { jsonrpc: '2.0', id: 4, result: {} })).toMatchObject({ kind: 'legacy-response' });
});

test('keeps initialize legacy whatever version it asks for', () => {
  const message = {
    jsonrpc: '2.0',
    id: 0,
    method: 'initialize',
    params: { protocolVersion: '2026-07-28', capabilities: {}, clientInfo: { name: 'c', version: '1' } },
  };

  expect(classify({}, message)).toMatchObject({ kind: 'legacy-request' });
});
