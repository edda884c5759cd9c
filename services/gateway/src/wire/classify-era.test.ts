import { expect, test } from 'vitest';
import { classifyEra } from './classify-era.ts';
import type { JsonRpcMessage } from './json-rpc.ts';
import type { JsonObject } from './json-value.ts';

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
};

function request(method: string, meta?: JsonObject): JsonRpcMessage {
  return { kind: 'request', id: 1, method, params: meta === undefined ? undefined : { _meta: meta }, raw: {} };
}

const modernHeader = { 'mcp-protocol-version': '2026-07-28' };

test('03 E1: a request with an envelope and the header is modern, one without both is legacy', () => {
  expect(classifyEra(request('tools/list', envelope), modernHeader)).toEqual({ ok: true, era: 'modern' });
  expect(classifyEra(request('tools/list'), {})).toEqual({ ok: true, era: 'legacy' });
  expect(classifyEra(request('tools/list', { progressToken: 1 }), { 'mcp-protocol-version': '2025-06-18' })).toEqual({
    ok: true,
    era: 'legacy',
  });
});

test('03 E2: initialize opens the legacy era whatever version it asks for, unless it has a modern envelope', () => {
  expect(classifyEra(request('initialize'), {})).toEqual({ ok: true, era: 'legacy' });
  expect(classifyEra(request('initialize', envelope), modernHeader)).toEqual({ ok: true, era: 'modern' });
});

const halfEnvelope = { 'io.modelcontextprotocol/clientCapabilities': {} };
const versionOnly = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' };

test.each([
  {
    kind: 'a modern header without _meta',
    message: request('tools/list'),
    headers: modernHeader,
    rpcCode: -32_602,
    text: '_meta is missing',
  },
  {
    kind: 'half an envelope',
    message: request('tools/list', halfEnvelope),
    headers: modernHeader,
    rpcCode: -32_602,
    text: 'protocolVersion is missing',
  },
  {
    kind: 'no capabilities',
    message: request('x', versionOnly),
    headers: modernHeader,
    rpcCode: -32_602,
    text: 'clientCapabilities',
  },
  {
    kind: 'no header',
    message: request('tools/list', envelope),
    headers: {},
    rpcCode: -32_020,
    text: 'MCP-Protocol-Version',
  },
  {
    kind: 'another header',
    message: request('x', envelope),
    headers: { 'mcp-protocol-version': '2025-11-25' },
    rpcCode: -32_020,
    text: 'MCP-Protocol-Version',
  },
  {
    kind: 'initialize with the modern header',
    message: request('initialize'),
    headers: modernHeader,
    rpcCode: -32_020,
    text: 'initialize',
  },
])('03 E1, H2: refuses $kind', ({ message, headers, rpcCode, text }) => {
  expect(classifyEra(message, headers)).toMatchObject({
    ok: false,
    refusal: { status: 400, rpcCode, message: expect.stringContaining(text) },
  });
});

test('03 E2: lists what is served when a version is not, and repeats what was asked', () => {
  const meta = { ...envelope, 'io.modelcontextprotocol/protocolVersion': '2099-01-01' };

  expect(classifyEra(request('tools/list', meta), { 'mcp-protocol-version': '2099-01-01' })).toMatchObject({
    ok: false,
    refusal: { status: 400, rpcCode: -32_022, data: { supported: ['2026-07-28'], requested: '2099-01-01' } },
  });
});

test('03 G5: refuses a version header that nobody knows', () => {
  expect(classifyEra(request('tools/list'), { 'mcp-protocol-version': '1999-01-01' })).toMatchObject({
    ok: false,
    refusal: { rpcCode: -32_022 },
  });
});

test('a notification takes its era from the header, since it has no envelope of its own', () => {
  const notification: JsonRpcMessage = { kind: 'notification', method: 'notifications/x', params: undefined, raw: {} };

  expect(classifyEra(notification, modernHeader)).toEqual({ ok: true, era: 'modern' });
  expect(classifyEra(notification, {})).toEqual({ ok: true, era: 'legacy' });
});
