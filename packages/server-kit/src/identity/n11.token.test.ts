/** Attack class N11 (06 §2): tokens that must not be let in. Beside them the near misses that must. */
import { createHmac } from 'node:crypto';
import { exportSPKI, importJWK, type JWTHeaderParameters } from 'jose';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { IssuerDouble } from '../../test/issuer-double.ts';
import { createLogLines } from '../../test/log-lines.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { createJwtVerifier, type JwtVerifier } from './jwt-verifier.ts';

const audience = 'https://mcp.example.com/mcp';
const issuer = new IssuerDouble();
const attacker = new IssuerDouble('https://evil.example.com');
let clock: FakeClock;
let verifier: JwtVerifier;

beforeAll(async () => {
  await issuer.addKey('main');
  await issuer.addKey('rs512', 'RS512');
  await attacker.addKey('main');
});

beforeEach(() => {
  clock = new FakeClock();
  issuer.requested.length = 0;
  verifier = createJwtVerifier({
    issuers: [{ issuer: issuer.issuer, audience, jwksUrl: issuer.jwksUrl, roles: { claim: 'groups', map: {} } }],
    fetch: issuer.fetch,
    clock,
    metrics: createMetrics({ name: 'test' }),
    log: createLogLines().log,
  });
});

function nowSeconds(): number {
  return clock.now().getTime() / 1_000;
}

function good(): Record<string, unknown> {
  return { sub: 'ada', aud: audience, exp: nowSeconds() + 300 };
}

function goodText(): string {
  return JSON.stringify({ iss: issuer.issuer, ...good() });
}

function part(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
}

test('near miss: the honest token is let in', async () => {
  expect(await verifier.verify(await issuer.sign('main', good()))).toMatchObject({ sub: 'ada' });
});

test.for(['none', 'None', 'NONE', 'nOnE', ''])('N11 refuses alg %j', async (alg) => {
  const claims = part({ iss: issuer.issuer, ...good() });

  expect(await verifier.verify(`${part({ alg })}.${claims}.`)).toBe('invalid');
  expect(await verifier.verify(`${part({ alg, kid: 'main' })}.${claims}.${part('x')}`)).toBe('invalid');
});

test('N11 refuses HS256 with the public key as its secret, in each form of the key', async () => {
  const jwk = issuer.publicJwk('main');
  const publicKey = await importJWK(jwk, 'RS256');
  if (publicKey instanceof Uint8Array) throw new Error('an RSA key is no byte string');
  const secrets = [
    await exportSPKI(publicKey),
    (await exportSPKI(publicKey)).trim(),
    JSON.stringify(jwk),
    String(jwk.n),
  ];

  for (const secret of secrets) {
    const signingInput = `${part({ alg: 'HS256', kid: 'main' })}.${part({ iss: issuer.issuer, ...good() })}`;
    const signature = createHmac('sha256', secret).update(signingInput).digest('base64url');
    expect(await verifier.verify(`${signingInput}.${signature}`)).toBe('invalid');
  }
});

test('N11 refuses an algorithm that is not on the list, although the issuer signed with it', async () => {
  expect(await verifier.verify(await issuer.sign('rs512', good()))).toBe('invalid');
});

test.for([
  ['another audience', { aud: 'https://other.example.com/mcp' }],
  ['our audience with a slash more', { aud: `${audience}/` }],
  ['our audience in other case', { aud: audience.toUpperCase() }],
  ['no audience', { aud: undefined }],
  ['an empty list of audiences', { aud: [] }],
  ['an object as audience', { aud: { [audience]: true } }],
  ['no subject', { sub: undefined }],
  ['an empty subject', { sub: '' }],
  ['a subject that is no text', { sub: 7 }],
  ['a subject of 257 characters', { sub: 'a'.repeat(257) }],
  ['no end', { exp: undefined }],
  ['an end that is a text', { exp: '2099-01-01' }],
] as const)('N11 refuses a token with %s', async ([, claims]) => {
  expect(await verifier.verify(await issuer.sign('main', { ...good(), ...claims }))).toBe('invalid');
});

test.for([
  'https://evil.example.com',
  `${issuer.issuer}/`,
  issuer.issuer.toUpperCase(),
  'https://idp.example.com.evil.example.com',
  '',
  ['https://idp.example.com'],
  undefined,
])('N11 does not know the issuer %j', async (iss) => {
  const token = await issuer.sign('main', { ...good(), iss });

  expect(['unknown-issuer', 'invalid']).toContain(await verifier.verify(token));
});

test('N11 refuses a token that another issuer signed under our issuer’s name and key id', async () => {
  expect(await verifier.verify(await attacker.sign('main', { ...good(), iss: issuer.issuer }))).toBe('invalid');
});

test('N11 refuses an expired token with a leeway of 30 s', async () => {
  expect(await verifier.verify(await issuer.sign('main', { ...good(), exp: nowSeconds() - 31 }))).toBe('expired');
  expect(await verifier.verify(await issuer.sign('main', { ...good(), exp: nowSeconds() - 29 }))).toMatchObject({
    sub: 'ada',
  });
});

test('N11 refuses a token before its time with a leeway of 30 s', async () => {
  expect(await verifier.verify(await issuer.sign('main', { ...good(), nbf: nowSeconds() + 31 }))).toBe('invalid');
  expect(await verifier.verify(await issuer.sign('main', { ...good(), nbf: nowSeconds() + 29 }))).toMatchObject({
    sub: 'ada',
  });
});

test.for([
  '../../../../etc/passwd',
  'https://evil.example.com/keys',
  "' or 1=1 --",
  '/dev/null',
  '__proto__',
  'nul\u0000',
])('N11 takes the key id %j for a map key and asks nobody but the issuer', async (kid) => {
  expect(await verifier.verify(await issuer.sign('main', good(), { kid }))).toBe('invalid');

  expect(new Set(issuer.requested)).toEqual(new Set([issuer.jwksUrl]));
});

test('N11 does not follow jku, x5u or jwk: keys of the attacker stay unknown, and nothing is fetched', async () => {
  const headers: readonly Partial<JWTHeaderParameters>[] = [
    { jku: attacker.jwksUrl },
    { x5u: 'https://evil.example.com/cert.pem' },
    { jwk: attacker.publicJwk('main') },
    { jku: attacker.jwksUrl, jwk: attacker.publicJwk('main'), kid: 'attacker' },
  ];

  for (const header of headers) {
    expect(await verifier.verify(await attacker.sign('main', { ...good(), iss: issuer.issuer }, header))).toBe(
      'invalid',
    );
  }
  expect(new Set(issuer.requested)).toEqual(new Set([issuer.jwksUrl]));
});

test('near miss: a good token whose header carries a jku is let in, and the jku is not fetched', async () => {
  const token = await issuer.sign('main', good(), { jku: 'https://elsewhere.example.com/keys' });

  expect(await verifier.verify(token)).toMatchObject({ sub: 'ada' });
  expect(issuer.requested).toEqual([issuer.jwksUrl]);
});

test.for([['exp'], ['b64'], ['anything'], [], 'b64'])(
  'N11 refuses critical extensions %j of a well-signed token',
  async (crit) => {
    const header = JSON.stringify({ alg: 'RS256', kid: 'main', b64: true, crit });

    expect(await verifier.verify(issuer.signText('main', header, goodText()))).toBe('invalid');
  },
);

test('N11 refuses doubled claims and doubled header fields of a well-signed token', async () => {
  const doubledClaim = goodText().replace('{', '{"sub":"admin",');
  const header = '{"alg":"RS256","kid":"main"}';
  const doubledHeader = '{"alg":"none","alg":"RS256","kid":"main"}';

  expect(await verifier.verify(issuer.signText('main', header, doubledClaim))).toBe('invalid');
  expect(await verifier.verify(issuer.signText('main', doubledHeader, goodText()))).toBe('invalid');
  expect(await verifier.verify(issuer.signText('main', header, goodText()))).toMatchObject({ sub: 'ada' });
});

test('N11 refuses changed claims', async () => {
  const [header, , signature] = (await issuer.sign('main', good())).split('.');
  const changed = part({ iss: issuer.issuer, ...good(), sub: 'admin' });

  expect(await verifier.verify([header, changed, signature].join('.'))).toBe('invalid');
});

test('N11 refuses a token of more than 8 KiB before any key is read', async () => {
  expect(await verifier.verify(await issuer.sign('main', { ...good(), pad: 'x'.repeat(8_192) }))).toBe('invalid');

  expect(issuer.requested).toEqual([]);
});

test.for(['', '.', '..', 'a.b', 'a.b.c', 'a.b.c.d', 'eyJhbGciOiJSUzI1NiJ9.e30.', '\u0000.\u0000.\u0000', '=.=.='])(
  'N11 refuses %j',
  async (token) => {
    expect(await verifier.verify(token)).toBe('invalid');
  },
);

test('N18 lets a flood of unknown key ids cause one request in 30 s', async () => {
  await verifier.verify(await issuer.sign('main', good()));
  clock.advance(30_000);

  for (let call = 0; call < 50; call += 1) {
    await verifier.verify(await attacker.sign('main', { ...good(), iss: issuer.issuer }, { kid: `guess-${call}` }));
  }

  expect(issuer.requested).toHaveLength(2);
});
