import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { GatewayConfig } from '@fairlead/contracts';
import type { SecretSources } from './identity/read-secret.ts';
import { loadGatewayConfig } from './load-gateway-config.ts';

const folder = mkdtempSync(join(tmpdir(), 'fairlead-config-'));
const file = join(folder, 'fairlead.yaml');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const head = 'apiVersion: fairlead.dev/v1\nkind: GatewayConfig\n';

function load(rest: string, sources?: SecretSources): GatewayConfig {
  writeFileSync(file, head + rest);
  return loadGatewayConfig(file, sources).config;
}

test('loads a config and fills in what is not said', () => {
  const { servers, audit, limits } = load('servers: { data: { url: "http://127.0.0.1:8081/mcp" } }\n');

  expect(servers['data']).toMatchObject({ timeout: '30s', trust: 'external', prefix: true, concurrency: 256 });
  expect(audit.file).toBe('logs/audit.jsonl');
  expect(limits).toEqual([]);
});

test.each([
  ['an unknown key', 'pins: { mode: off }\n', 'fairlead.yaml:3:1: pins:'],
  ['a key that is there twice', 'servers: {}\nservers: {}\n', 'fairlead.yaml:4:1: '],
  ['a server without url', 'servers:\n  data: { owner: me }\n', 'servers.data.url'],
  ['a command', 'servers:\n  data: { url: "http://x/mcp", command: ls }\n', 'servers.data.command: is not a known key'],
  [
    'a secret in clear',
    'servers:\n  data: { url: "http://x/mcp", credentials: { bearer: abc } }\n',
    'servers.data.credentials',
  ],
  ['a server name with an underscore', 'servers:\n  a_b: { url: "http://x/mcp" }\n', 'a_b'],
  [
    'a limit of a role that is not there',
    'limits: [{ match: { role: ghost }, rate: 1/s }]\n',
    'names the role "ghost"',
  ],
  [
    'an issuer that maps to a role that is not there',
    'identity: { issuers: [{ issuer: "https://i", audience: a, roles: { claim: g, map: { x: ghost } } }] }\n',
    'names the role "ghost"',
  ],
  [
    'an issuer that is listed twice',
    `identity: { issuers: [${'{ issuer: "https://i", audience: a, roles: { claim: g, map: {} } }, '.repeat(2)}] }\n`,
    'identity.issuers[1].issuer: is listed twice',
  ],
  ['text that is no YAML', 'servers: [\n', 'fairlead.yaml:'],
])('04 G-82: refuses %s with path and line', (_kind, rest, text) => {
  expect(() => load(rest)).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', publicMessage: expect.stringContaining(text) }),
  );
});

test('04 G-82: a secret that is not there is refused with the line of its server', () => {
  const text = 'servers:\n  data:\n    url: "http://x/mcp"\n    credentials: { bearer: { from: { env: ABSENT } } }\n';

  expect(() => load(text, { environment: {}, folder })).toThrow(
    expect.objectContaining({
      code: 'CONFIG_INVALID',
      publicMessage: expect.stringMatching(/^fairlead\.yaml:6:5: servers\.data\.credentials: .*ABSENT is not set/),
      details: { problems: [expect.objectContaining({ line: 6, path: 'servers.data.credentials' })] },
    }),
  );
  expect(load(text, { environment: { ABSENT: 'x' }, folder }).servers).toHaveProperty('data');
});

test('says how to name the file when it is not there', () => {
  expect(() => loadGatewayConfig(join(folder, 'absent.yaml'))).toThrow(
    expect.objectContaining({ publicMessage: expect.stringContaining('CONFIG_FILE') }),
  );
});
