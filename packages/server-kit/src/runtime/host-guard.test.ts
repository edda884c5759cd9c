import { expect, test } from 'vitest';
import { createHostGuard, isLoopback, type GuardedHeaders, type HostVerdict } from './host-guard.ts';

const local = createHostGuard({ allowedHosts: [], allowedOrigins: [], boundHost: '127.0.0.1' });
const remote = createHostGuard({
  allowedHosts: ['mcp.example.com', '10.0.0.7:8080', '[2001:db8::1]', 'tls.example.com:443'],
  allowedOrigins: ['https://console.example.com', 'http://localhost:5173'],
  boundHost: '0.0.0.0',
});

test.each<[GuardedHeaders, HostVerdict]>([
  [{ host: 'localhost' }, 'ok'],
  [{ host: 'LOCALHOST:8081' }, 'ok'],
  [{ host: '127.0.0.1:1' }, 'ok'],
  [{ host: '[::1]:8081' }, 'ok'],
  [{ host: ['127.0.0.1'], origin: undefined }, 'ok'],
  [{ host: 'localhost', origin: 'http://localhost:3000' }, 'ok'],
  [{ host: 'localhost', origin: 'https://127.0.0.1' }, 'ok'],
  [{}, 'host'],
  [{ host: '' }, 'host'],
  [{ host: 'evil.example' }, 'host'],
  [{ host: 'localhost.evil.example' }, 'host'],
  [{ host: 'localhost:80:80' }, 'host'],
  [{ host: 'localhost:80@evil.example' }, 'host'],
  [{ host: '127.0.0.2' }, 'host'],
  [{ host: ['localhost', 'evil.example'] }, 'host'],
  [{ host: 'localhost, evil.example' }, 'host'],
  [{ host: 'localhost', origin: 'null' }, 'origin'],
  [{ host: 'localhost', origin: '' }, 'origin'],
  [{ host: 'localhost', origin: 'https://evil.example' }, 'origin'],
  [{ host: 'localhost', origin: 'http://localhost.evil.example' }, 'origin'],
  [{ host: 'localhost', origin: 'http://localhost:3000/path' }, 'origin'],
  [{ host: 'localhost', origin: 'ftp://localhost' }, 'origin'],
  [{ host: 'localhost', origin: ['http://localhost', 'http://localhost'] }, 'origin'],
  [{ host: 'localhost', origin: 'http://localhost, http://localhost' }, 'origin'],
])('on loopback, answers %j with %s (03 P-10, 06 N13)', (headers, verdict) => {
  expect(local(headers)).toBe(verdict);
});

test.each<[GuardedHeaders, HostVerdict]>([
  [{ host: 'mcp.example.com' }, 'ok'],
  [{ host: 'MCP.example.com:8443' }, 'ok'],
  [{ host: '10.0.0.7:8080' }, 'ok'],
  [{ host: '[2001:db8::1]:8080' }, 'ok'],
  [{ host: 'tls.example.com' }, 'ok'],
  [{ host: 'mcp.example.com', origin: 'https://console.example.com' }, 'ok'],
  [{ host: 'mcp.example.com', origin: 'http://localhost:5173' }, 'ok'],
  [{ host: '10.0.0.7' }, 'host'],
  [{ host: '10.0.0.7:9090' }, 'host'],
  [{ host: 'localhost' }, 'host'],
  [{ host: 'mcp.example.com', origin: 'http://console.example.com' }, 'origin'],
  [{ host: 'mcp.example.com', origin: 'http://localhost:3000' }, 'origin'],
  [{ host: 'mcp.example.com', origin: 'null' }, 'origin'],
])('elsewhere, answers %j with %s', (headers, verdict) => {
  expect(remote(headers)).toBe(verdict);
});

test('refuses to be made without hosts on an address that others reach, and says the setting', () => {
  expect(() => createHostGuard({ allowedHosts: [], allowedOrigins: [], boundHost: '0.0.0.0' })).toThrow(
    expect.objectContaining({
      code: 'CONFIG_MISSING',
      publicMessage: expect.stringContaining('ALLOWED_HOSTS=mcp.example.com'),
    }),
  );
});

test.each([
  { allowedHosts: ['https://mcp.example.com'], allowedOrigins: [] },
  { allowedHosts: ['*'], allowedOrigins: [] },
  { allowedHosts: ['*.example.com'], allowedOrigins: [] },
  { allowedHosts: ['127.1'], allowedOrigins: [] },
  { allowedHosts: [], allowedOrigins: ['*'] },
  { allowedHosts: [], allowedOrigins: ['console.example.com'] },
  { allowedHosts: [], allowedOrigins: ['https://console.example.com/'] },
  { allowedHosts: [], allowedOrigins: ['null'] },
])('refuses an entry that can never match: %j', (lists) => {
  expect(() => createHostGuard({ ...lists, boundHost: '127.0.0.1' })).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID' }),
  );
});

test('knows what is loopback', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1', '[::1]', 'localhost', 'LOCALHOST'].every(isLoopback)).toBe(true);
  expect(['0.0.0.0', '::', '10.0.0.1', '127.evil.example', 'localhost.evil.example', ''].some(isLoopback)).toBe(false);
});
