import { expect, test } from 'vitest';
import { readStdioMessage } from './stdio-message.ts';

const meta = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' };

test('reads a request of the legacy era, its text unchanged', () => {
  const text = '{"jsonrpc":"2.0", "id":9007199254740993,"method":"tools/list"}';

  expect(readStdioMessage(text)).toMatchObject({ kind: 'request', method: 'tools/list', text, version: undefined });
});

test('reads the revision that a modern message names for itself', () => {
  const text = JSON.stringify({ jsonrpc: '2.0', id: 'a', method: 'tools/list', params: { _meta: meta } });

  expect(readStdioMessage(text)).toMatchObject({ kind: 'request', id: 'a', version: '2026-07-28' });
});

test('tells notifications and responses from requests', () => {
  expect(readStdioMessage('{"jsonrpc":"2.0","method":"notifications/initialized"}').kind).toBe('notification');
  expect(readStdioMessage('{"jsonrpc":"2.0","id":1,"result":{}}').kind).toBe('response');
});

test('refuses what is not JSON, and batches', () => {
  expect(readStdioMessage('{')).toMatchObject({ kind: 'broken', code: -32_700 });
  expect(readStdioMessage('[]')).toMatchObject({ kind: 'broken', code: -32_600 });
});
