import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { gatewayConfig } from './gateway-config.ts';

const smallest = { apiVersion: 'fairlead.dev/v1', kind: 'GatewayConfig' } as const;

/** A config that uses every key. */
const full = {
  ...smallest,
  servers: {
    data: {
      url: 'http://127.0.0.1:8081/mcp',
      owner: 'data-team',
      timeout: '30s',
      trust: 'internal',
      area: 'data',
      prefix: true,
      concurrency: 16,
    },
    github: {
      url: 'https://mcp.example.com/mcp',
      effects: { 'search_*': 'read' },
      credentials: { bearer: { from: { env: 'GITHUB_MCP_TOKEN' } } },
    },
  },
  identity: {
    keys: { from: { file: 'keys.json' } },
    issuers: [
      {
        issuer: 'https://idp.example.com',
        audience: 'https://mcp.example.com/mcp',
        roles: { claim: 'groups', map: { 'data-eng': 'analyst' } },
      },
    ],
  },
  roles: { analyst: { allow: ['data:read', 'tool:github__search_*'], deny: ['tool:data__delete_*'] } },
  limits: [
    {
      match: { role: 'analyst', tool: 'data__query_database' },
      rate: '60/m',
      burst: 20,
      per: 'principal',
      concurrency: 4,
    },
  ],
  audit: { to: 'file', file: 'logs/audit.jsonl' },
};

const pathsOf = (value: unknown): readonly string[] =>
  gatewayConfig.safeParse(value).error?.issues.map(({ path }) => path.join('.')) ?? [];

test('takes the smallest config and fills in what is safe', () => {
  expect(gatewayConfig.parse(smallest)).toMatchObject({
    servers: {},
    roles: {},
    limits: [],
    identity: { issuers: [] },
    audit: { to: 'file' },
  });
});

test('takes a config that uses every key', () => {
  expect(gatewayConfig.parse(full).servers['github']).toMatchObject({ trust: 'external', timeout: '30s' });
});

test.each(['policies', 'pins', 'search', 'taint', 'trustedProxies'])(
  'G-82: refuses %s, which nothing reads yet, as unknown',
  (key) => {
    expect(gatewayConfig.safeParse({ ...smallest, [key]: {} }).error?.issues).toMatchObject([
      { code: 'unrecognized_keys', keys: [key] },
    ]);
  },
);

test('N09: a server knows no command, no arguments, and no secret in the text', () => {
  for (const extra of [{ command: 'npx' }, { args: ['x'] }, { credentials: { bearer: 'ghp_inline' } }]) {
    expect(
      gatewayConfig.safeParse({ ...smallest, servers: { a: { url: 'https://x.example/mcp', ...extra } } }).success,
    ).toBe(false);
  }
});

test.each([
  ['servers.Data', { servers: { Data: { url: 'https://x.example/mcp' } } }],
  ['servers.data_x', { servers: { data_x: { url: 'https://x.example/mcp' } } }],
  ['servers.data.url', { servers: { data: {} } }],
  ['servers.data.url', { servers: { data: { url: 'file:///etc/passwd' } } }],
  ['servers.data.timeout', { servers: { data: { url: 'https://x.example/mcp', timeout: '30' } } }],
  ['roles.analyst.allow.0', { roles: { analyst: { allow: ['no colon'] } } }],
  ['limits.0.rate', { limits: [{ rate: '60' }] }],
  ['audit.to', { audit: { to: 'postgres' } }],
  ['apiVersion', { apiVersion: 'v2' }],
])('names %s when it is wrong', (path, change) => {
  expect(pathsOf({ ...smallest, ...change })).toContain(path);
});

test('property: a value of the wrong kind anywhere is refused with the path of that field', () => {
  const leaves = leavesOf(full, []);

  fc.assert(
    fc.property(fc.constantFrom(...leaves), fc.constantFrom<unknown>(null, 7.5, {}, []), (path, wrong) => {
      const paths = pathsOf(withValue(full, path, wrong));
      expect(paths.some((reported) => path.join('.').startsWith(reported) || reported.startsWith(path.join('.')))).toBe(
        true,
      );
    }),
  );
});

function leavesOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...path, key]));
}

function withValue(value: unknown, [key, ...rest]: readonly string[], wrong: unknown): unknown {
  if (key === undefined) return wrong;
  if (Array.isArray(value))
    return value.map((part: unknown, index) => (String(index) === key ? withValue(part, rest, wrong) : part));
  const record = Object.entries(Object(value));
  return Object.fromEntries(record.map(([name, part]) => [name, name === key ? withValue(part, rest, wrong) : part]));
}
