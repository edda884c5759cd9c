import { beforeAll, expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { IssuerDouble } from '../../test/issuer-double.ts';
import { createLogLines } from '../../test/log-lines.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { createJwtVerifier, type JwtVerifier, type JwtVerifierOptions } from './jwt-verifier.ts';

const audience = 'https://mcp.example.com/mcp';
const issuer = new IssuerDouble();
const config = {
  issuer: issuer.issuer,
  audience,
  jwksUrl: issuer.jwksUrl,
  roles: { claim: 'groups', map: { 'data-eng': 'analyst', everyone: 'viewer' } },
} as const;

beforeAll(async () => {
  await Promise.all([
    issuer.addKey('rs', 'RS256'),
    issuer.addKey('ps', 'PS256'),
    issuer.addKey('es', 'ES256'),
    issuer.addKey('ed', 'EdDSA'),
    issuer.addKey('rs512', 'RS512'),
  ]);
});

interface Bench {
  readonly clock: FakeClock;
  readonly verify: JwtVerifier['verify'];
}

function setUp(options: Partial<JwtVerifierOptions> = {}): Bench {
  const clock = new FakeClock();
  const verifier = createJwtVerifier({
    issuers: [config],
    fetch: issuer.fetch,
    clock,
    metrics: createMetrics({ name: 'test' }),
    log: createLogLines().log,
    ...options,
  });
  return { clock, verify: (token) => verifier.verify(token) };
}

function seconds(clock: FakeClock): number {
  return clock.now().getTime() / 1_000;
}

function claimsFor(clock: FakeClock): Record<string, unknown> {
  return { sub: 'ada', aud: audience, exp: seconds(clock) + 300, groups: ['data-eng', 'unmapped'] };
}

test.for(['rs', 'ps', 'es', 'ed'])('G-59 accepts a token that the issuer signed with its key %s', async (kid) => {
  const { verify, clock } = setUp();

  const verified = await verify(await issuer.sign(kid, claimsFor(clock)));

  expect(verified).toEqual({
    sub: 'ada',
    issuer: issuer.issuer,
    roles: ['analyst'],
    expiresAtSeconds: seconds(clock) + 300,
  });
});

test('accepts a token for several audiences when we are one of them', async () => {
  const { verify, clock } = setUp();
  const token = await issuer.sign('es', { ...claimsFor(clock), aud: ['https://other.example.com', audience] });

  expect(await verify(token)).toMatchObject({ sub: 'ada' });
});

test.for([
  [
    ['data-eng', 'everyone', 'data-eng'],
    ['analyst', 'viewer'],
  ],
  ['data-eng', ['analyst']],
  ['data-eng everyone', []],
  [undefined, []],
  [['constructor', '__proto__'], []],
  [[7, null], []],
  [{ 'data-eng': true }, []],
] as const)('maps the groups %j to the roles %j', async ([groups, roles]) => {
  const { verify, clock } = setUp();

  expect(await verify(await issuer.sign('es', { ...claimsFor(clock), groups }))).toMatchObject({ roles });
});

test('S-102 takes the tenant from the configured claim, and refuses a token without it', async () => {
  const { verify, clock } = setUp({ issuers: [{ ...config, tenantClaim: 'org' }] });

  expect(await verify(await issuer.sign('es', { ...claimsFor(clock), org: 'north' }))).toMatchObject({
    tenant: 'north',
  });
  expect(await verify(await issuer.sign('es', claimsFor(clock)))).toBe('invalid');
  expect(await verify(await issuer.sign('es', { ...claimsFor(clock), org: ['north'] }))).toBe('invalid');
});

test('takes no tenant when none is configured', async () => {
  const { verify, clock } = setUp();

  expect(await verify(await issuer.sign('es', { ...claimsFor(clock), tenant: 'north' }))).not.toHaveProperty('tenant');
});

test('finds the keys by OpenID discovery when no key set is configured', async () => {
  const { jwksUrl: _absent, ...discovered } = config;
  const { verify, clock } = setUp({ issuers: [discovered] });

  expect(await verify(await issuer.sign('rs', claimsFor(clock)))).toMatchObject({ sub: 'ada' });
});

test.for([
  ['names another issuer', { issuer: 'https://evil.example.com', jwks_uri: issuer.jwksUrl }],
  ['points to keys without TLS', { issuer: issuer.issuer, jwks_uri: 'http://idp.example.com/keys' }],
  ['points to a file', { issuer: issuer.issuer, jwks_uri: 'file:///etc/keys' }],
  ['is no discovery document', []],
] as const)('N10 does not follow discovery that %s', async ([, document]) => {
  const { jwksUrl: _absent, ...discovered } = config;
  const requested: string[] = [];
  const { verify, clock } = setUp({
    issuers: [discovered],
    fetch: async (url) => {
      requested.push(url);
      return Response.json(document);
    },
  });

  expect(await verify(await issuer.sign('rs', claimsFor(clock)))).toBe('unavailable');
  expect(requested).toEqual([`${issuer.issuer}/.well-known/openid-configuration`]);
});

test('G-59 accepts a key that the issuer published after we read its keys', async () => {
  const other = new IssuerDouble('https://rotating.example.com');
  await other.addKey('old');
  const { verify, clock } = setUp({
    issuers: [{ ...config, issuer: other.issuer, jwksUrl: other.jwksUrl }],
    fetch: other.fetch,
  });
  await verify(await other.sign('old', claimsFor(clock)));
  await other.addKey('new');
  clock.advance(30_000);

  expect(await verify(await other.sign('new', claimsFor(clock)))).toMatchObject({ sub: 'ada' });
});

test('G-59 goes on while the issuer is down, and says unavailable when it never was up', async () => {
  const other = new IssuerDouble('https://flapping.example.com');
  await other.addKey('key');
  const lines = createLogLines();
  const options = {
    issuers: [{ ...config, issuer: other.issuer, jwksUrl: other.jwksUrl }],
    fetch: other.fetch,
    log: lines.log,
  };
  const warm = setUp(options);
  await warm.verify(await other.sign('key', claimsFor(warm.clock)));

  other.isDown = true;
  warm.clock.advance(30 * 60_000);
  const cold = setUp(options);

  expect(await warm.verify(await other.sign('key', claimsFor(warm.clock)))).toMatchObject({ sub: 'ada' });
  expect(await cold.verify(await other.sign('key', claimsFor(cold.clock)))).toBe('unavailable');
  expect(lines.messages()).toContain('issuer_keys.not_read');
});

test.for([
  ['an answer of more than 256 KiB', () => new Response(`{"keys":[],"pad":"${'x'.repeat(300_000)}"}`)],
  ['an endless list of keys', () => Response.json({ keys: Array.from({ length: 101 }, () => ({ kty: 'RSA' })) })],
  ['an error page', () => new Response('<html>', { status: 500 })],
  ['text that is no JSON', () => new Response('<html>')],
  ['JSON that is no key set', () => Response.json({ keys: 'none' })],
] as const)('N20 takes %s for unavailable', async ([, answer]) => {
  const { verify, clock } = setUp({ fetch: async () => answer() });
  const verified = verify(await issuer.sign('rs', claimsFor(clock)));

  await clock.elapse(1_000);

  expect(await verified).toBe('unavailable');
});

test('N20 does not wait longer than 2 s for an issuer that hangs', async () => {
  const hang = Promise.withResolvers<Response>().promise;
  const { verify, clock } = setUp({ fetch: () => hang });
  const answer = verify(await issuer.sign('rs', claimsFor(clock)));

  await clock.elapse(5_000);

  expect(await answer).toBe('unavailable');
});

test('refuses an issuer that is listed twice when it is made', () => {
  expect(() => setUp({ issuers: [config, { ...config, audience: 'other' }] })).toThrow(
    expect.objectContaining({ code: 'IDENTITY_INVALID' }),
  );
});

test.for([
  { kty: 'RSA', kid: 'rs' },
  { kty: 'RSA', kid: 'rs', n: 'AQAB', e: 'AQAB' },
  { kty: 'RSA', kid: 'rs', n: 7, e: {} },
  { kty: 'oct', kid: 'rs', k: 'c2VjcmV0' },
])('N20 refuses a token, and does not break, when the issuer publishes the unusable key %j', async (jwk) => {
  const { verify, clock } = setUp({ fetch: async () => Response.json({ keys: [jwk] }) });

  expect(await verify(await issuer.sign('rs', claimsFor(clock)))).toBe('invalid');
});
