import { sign as signBytes, type KeyObject } from 'node:crypto';
import type { Principal } from '@fairlead/contracts';
import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import { expect, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { createLogLines } from '../../test/log-lines.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { generateHopKey, hopPublicKey, loadHopKey } from './hop-key.ts';
import { createHopSigner, type HopSigner } from './hop-signer.ts';
import { createHopVerifier, type HopVerifier } from './hop-verifier.ts';

const jwksUrl = 'http://127.0.0.1:8080/.well-known/jwks.json';
const ada: Principal = {
  sub: 'ada',
  issuer: 'https://idp.example.com',
  tenant: 'north',
  roles: ['analyst'],
  allow: ['data:read', 'tool:github__search_*'],
  deny: ['tool:data__delete_*'],
  via: 'jwt',
};

interface Bench {
  readonly clock: FakeClock;
  readonly privateKey: KeyObject;
  readonly signer: HopSigner;
  readonly verifier: HopVerifier;
  readonly requested: string[];
  /** The keys that the gateway publishes now; undefined while it does not answer. */
  published: ReturnType<HopSigner['jwks']> | undefined;
}

function setUp(): Bench {
  const clock = new FakeClock();
  const privateKey = loadHopKey(generateHopKey());
  const signer = createHopSigner({ privateKey, issuer: 'fairlead-gateway', clock });
  const requested: string[] = [];
  const bench: Bench = {
    clock,
    privateKey,
    signer,
    requested,
    published: signer.jwks(),
    verifier: createHopVerifier({
      jwksUrl,
      issuer: 'fairlead-gateway',
      audience: 'fairlead:data',
      clock,
      metrics: createMetrics({ name: 'test' }),
      log: createLogLines().log,
      fetch: async (url) => {
        requested.push(url);
        if (bench.published === undefined) throw new TypeError('fetch failed');
        return Response.json(bench.published);
      },
    }),
  };
  return bench;
}

function sign({ signer }: Bench, principal = ada, audience = 'fairlead:data'): string {
  return signer.sign({ principal, audience, permissions: principal.allow });
}

/** Signs any claims with the gateway's real key. */
function signClaims({ privateKey }: Bench, change: Record<string, unknown>): string {
  const header = { alg: 'EdDSA', kid: hopPublicKey(privateKey).kid };
  const claims = {
    iss: 'fairlead-gateway',
    aud: 'fairlead:data',
    sub: 'ada',
    roles: [],
    permissions: ['*'],
    deny: [],
    act: { sub: 'fairlead-gateway' },
    exp: Date.parse('2026-11-20T20:01:00Z') / 1_000,
    ...change,
  };
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${input}.${signBytes(null, Buffer.from(input), privateKey).toString('base64url')}`;
}

test('01 §6 signs a token of 60 s that an independent library verifies', async () => {
  const bench = setUp();
  const [jwk] = bench.signer.jwks().keys;
  const token = sign(bench);

  const { payload } = await jwtVerify(token, await importJWK({ ...jwk }, 'EdDSA'), {
    issuer: 'fairlead-gateway',
    audience: 'fairlead:data',
    currentDate: bench.clock.now(),
  });

  expect(decodeProtectedHeader(token)).toEqual({ alg: 'EdDSA', kid: jwk?.kid, typ: 'JWT' });
  expect(payload).toMatchObject({
    sub: 'ada',
    sub_iss: 'https://idp.example.com',
    roles: ['analyst'],
    tenant: 'north',
    permissions: ada.allow,
    deny: ada.deny,
    act: { sub: 'fairlead-gateway' },
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(Number(payload.exp) - Number(payload.iat)).toBe(60);
});

test('gives each token its own id', () => {
  const bench = setUp();

  expect(decodeJwt(sign(bench)).jti).not.toBe(decodeJwt(sign(bench)).jti);
});

test('does not outlive the credential of the caller', () => {
  const bench = setUp();
  const endSeconds = bench.clock.now().getTime() / 1_000 + 10;

  expect(decodeJwt(sign(bench, { ...ada, expiresAtSeconds: endSeconds })).exp).toBe(endSeconds);
});

test('carries a caller over a hop: same person, same permissions, via the gateway', async () => {
  const bench = setUp();
  const keyCaller: Principal = {
    sub: 'ci',
    keyId: 'abcdefghijkl',
    roles: ['viewer'],
    allow: ['data:read'],
    deny: [],
    via: 'key',
  };
  const expiresAtSeconds = bench.clock.now().getTime() / 1_000 + 60;

  expect(await bench.verifier.verify(sign(bench))).toEqual({ ...ada, via: 'gateway', expiresAtSeconds });
  expect(await bench.verifier.verify(sign(bench, keyCaller))).toEqual({
    ...keyCaller,
    via: 'gateway',
    expiresAtSeconds,
  });
});

test('reads the keys on first use and again after 10 minutes', async () => {
  const bench = setUp();
  expect(bench.requested).toEqual([]);

  await bench.verifier.verify(sign(bench));
  await bench.verifier.verify(sign(bench));
  bench.clock.advance(10 * 60_000);
  await bench.verifier.verify(sign(bench));

  expect(bench.requested).toEqual([jwksUrl, jwksUrl]);
});

test('accepts a new key of the gateway within 30 s', async () => {
  const bench = setUp();
  await bench.verifier.verify(sign(bench));
  const renewed = createHopSigner({
    privateKey: loadHopKey(generateHopKey()),
    issuer: 'fairlead-gateway',
    clock: bench.clock,
  });
  bench.published = renewed.jwks();

  bench.clock.advance(30_000);

  expect(await bench.verifier.verify(sign({ ...bench, signer: renewed }))).toMatchObject({ sub: 'ada' });
});

test('says unavailable when the gateway publishes no keys that can be read', async () => {
  const bench = setUp();
  bench.published = undefined;

  const answer = bench.verifier.verify(sign(bench));
  await bench.clock.elapse(1_000);

  expect(await answer).toBe('unavailable');
});

test('N11 says expired 30 s after the end', async () => {
  const bench = setUp();
  const token = sign(bench);

  bench.clock.advance(89_000);
  const late = await bench.verifier.verify(token);
  bench.clock.advance(1_000);

  expect(late).toMatchObject({ sub: 'ada' });
  expect(await bench.verifier.verify(token)).toBe('expired');
});

test('N11 refuses a token for another service', async () => {
  const bench = setUp();

  expect(await bench.verifier.verify(sign(bench, ada, 'fairlead:devops'))).toBe('invalid');
});

test('N11 refuses a token that another gateway signed', async () => {
  const bench = setUp();
  const foreign = createHopSigner({
    privateKey: loadHopKey(generateHopKey()),
    issuer: 'fairlead-gateway',
    clock: bench.clock,
  });

  expect(await bench.verifier.verify(sign({ ...bench, signer: foreign }))).toBe('invalid');
});

test('leaves tokens of other issuers to others', async () => {
  const bench = setUp();

  expect(await bench.verifier.verify(signClaims(bench, { iss: 'https://idp.example.com' }))).toBe('unknown-issuer');
});

test('N11 refuses changed claims', async () => {
  const bench = setUp();
  const [header, claims, signature] = sign(bench).split('.');
  const changed = { ...JSON.parse(Buffer.from(String(claims), 'base64url').toString('utf8')), permissions: ['*'] };

  const forged = [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');

  expect(await bench.verifier.verify(forged)).toBe('invalid');
});

test('near miss: the claims that the cases below change are good', async () => {
  const bench = setUp();

  expect(await bench.verifier.verify(signClaims(bench, {}))).toMatchObject({ sub: 'ada', via: 'gateway' });
});

test.for([
  { aud: ['fairlead:data', 'fairlead:devops'] },
  { sub: '' },
  { sub: 7 },
  { exp: undefined },
  { exp: '2099' },
  { act: undefined },
  { act: 'gateway' },
  { roles: 'admin' },
  { permissions: undefined },
  { permissions: [1] },
  { deny: undefined },
])('N11 refuses a token of the right key with %j', async (change) => {
  const bench = setUp();

  expect(await bench.verifier.verify(signClaims(bench, change))).toBe('invalid');
});
