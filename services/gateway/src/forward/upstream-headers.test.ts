import { expect, test } from 'vitest';
import { upstreamHeaders } from './upstream-headers.ts';

const source = { traceparent: '00-1-2-01', accept: 'application/json', credential: { authorization: 'Bearer ours' } };

test('03 H6, 06 N07: no credential, cookie, identity or forwarding header of the caller leaves', () => {
  const headers = {
    authorization: 'Bearer theirs',
    'x-api-key': 'theirs',
    cookie: 'theirs',
    'proxy-authorization': 'theirs',
    'x-fairlead-tools': 'full',
    'x-user-id': 'root',
    'x-forwarded-for': '1.2.3.4',
    forwarded: 'for=1.2.3.4',
    'x-mcp-anything': '1',
    'mcp-init-host': 'evil',
    'router-key': 'evil',
    connection: 'keep-alive',
    'content-type': 'application/json',
    'content-length': '3',
    'mcp-session-id': 'sealed',
  };

  expect(upstreamHeaders({ ...source, headers })).toEqual({
    accept: 'application/json',
    authorization: 'Bearer ours',
    'content-type': 'application/json',
    traceparent: '00-1-2-01',
  });
});

test('03 H1: protocol headers and unknown Mcp-Param-* pass as they are', () => {
  const headers = {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-param-region': 'eu',
    'last-event-id': '7',
    baggage: 'a=b',
  };

  expect(upstreamHeaders({ ...source, headers })).toMatchObject(headers);
});

test('03 H3: the name is the one at the server, in base64 where a header cannot carry it', () => {
  const headers = { 'mcp-name': 'data__query' };

  expect(upstreamHeaders({ ...source, headers, name: 'query' })['mcp-name']).toBe('query');
  expect(upstreamHeaders({ ...source, headers, name: 'größe' })['mcp-name']).toBe(
    `=?base64?${Buffer.from('größe').toString('base64')}?=`,
  );
  expect(upstreamHeaders({ ...source, headers: {}, name: 'query' })).not.toHaveProperty('mcp-name');
});

test('06 N07: a header that Connection names ends here', () => {
  const headers = { 'mcp-param-secret': '1', connection: 'close, Mcp-Param-Secret' };

  expect(upstreamHeaders({ ...source, headers })).not.toHaveProperty('mcp-param-secret');
});

test('inside a session the server gets its own id', () => {
  expect(
    upstreamHeaders({ ...source, headers: { 'mcp-session-id': 'sealed' }, sessionId: 'own' })['mcp-session-id'],
  ).toBe('own');
});
