import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { IssuerDouble } from '../../test/issuer-double.ts';
import { createLogLines } from '../../test/log-lines.ts';
import { makeTestFolder } from '../../test/make-test-folder.ts';
import { createMetrics } from '../runtime/metrics.ts';
import {
  createAuthenticator,
  type AuthenticationAnswer,
  type Authenticator,
  type AuthenticatorOptions,
} from './authenticator.ts';
import { createKeyStore } from './file-key-store.ts';
import { generateHopKey, loadHopKey } from './hop-key.ts';
import { createHopSigner, type HopSigner } from './hop-signer.ts';
import { createHopVerifier } from './hop-verifier.ts';
import { createJwtVerifier, type VerifiedToken } from './jwt-verifier.ts';
import type { KeyStore } from './key-store.ts';

const audience = 'https://mcp.example.com/mcp';
const roles = {
  analyst: { allow: ['data:read', 'data:export'], deny: ['tool:data__delete_*'] },
  empty: { allow: [], deny: ['data:read'] },
};
const issuer = new IssuerDouble();

beforeAll(async () => {
  await issuer.addKey('main', 'ES256');
});

interface Bench {
  readonly clock: FakeClock;
  readonly keys: KeyStore;
  readonly hopSigner: HopSigner;
  readonly options: Required<Omit<AuthenticatorOptions, 'verifiedCacheSize'>>;
  readonly authenticate: (credential: string | undefined) => ReturnType<Authenticator['authenticate']>;
}

async function setUp(change: (options: Bench['options']) => AuthenticatorOptions = (all) => all): Promise<Bench> {
  const clock = new FakeClock();
  const { log } = createLogLines();
  const parts = { clock, log, metrics: createMetrics({ name: 'test' }) };
  const file = join(await makeTestFolder(), 'keys.json');
  const keys = createKeyStore({ file, pepper: randomBytes(32), clock, log });
  onTestFinished(() => keys.close());
  const hopSigner = createHopSigner({ privateKey: loadHopKey(generateHopKey()), issuer: 'fairlead-gateway', clock });
  const mapped = { claim: 'groups', map: { eng: 'analyst' } };
  const options = {
    keys,
    roles,
    clock,
    jwt: createJwtVerifier({
      issuers: [{ issuer: issuer.issuer, audience, jwksUrl: issuer.jwksUrl, roles: mapped }],
      fetch: issuer.fetch,
      ...parts,
    }),
    hop: createHopVerifier({
      issuer: 'fairlead-gateway',
      audience: 'fairlead:data',
      jwksUrl: 'http://127.0.0.1:8080/jwks',
      fetch: async () => Response.json(hopSigner.jwks()),
      ...parts,
    }),
  };
  const authenticator = createAuthenticator(change(options));
  return {
    clock,
    keys,
    hopSigner,
    options,
    authenticate(credential) {
      const headers = credential === undefined ? {} : { authorization: `Bearer ${credential}` };
      return authenticator.authenticate(headers, Object.entries(headers).flat(), '/mcp');
    },
  };
}

async function jwt(clock: FakeClock, claims: object = {}): Promise<string> {
  const exp = clock.now().getTime() / 1_000 + 600;
  return issuer.sign('main', { sub: 'ada', aud: audience, exp, groups: ['eng'], ...claims });
}

test('tells who holds an API key, what it may do, and answers at once', async () => {
  const { authenticate, keys } = await setUp();
  const { record, key } = await keys.create({ name: 'ci', roles: ['analyst'], tenant: 'north' });

  expect(authenticate(key)).toEqual({
    sub: 'ci',
    keyId: record.id,
    via: 'key',
    roles: ['analyst'],
    tenant: 'north',
    allow: ['data:read', 'data:export'],
    deny: ['tool:data__delete_*'],
  });
});

test('tells who holds a token of a configured issuer', async () => {
  const { authenticate, clock } = await setUp();

  expect(await authenticate(await jwt(clock))).toMatchObject({
    sub: 'ada',
    issuer: issuer.issuer,
    via: 'jwt',
    roles: ['analyst'],
    allow: ['data:read', 'data:export'],
  });
});

test('tells who comes through the gateway, with the permissions that the gateway names', async () => {
  const { authenticate, hopSigner } = await setUp();
  const principal = { sub: 'ada', roles: ['sre'], allow: ['devops:read'], deny: [], via: 'key' } as const;

  const answer = await authenticate(
    hopSigner.sign({ principal, audience: 'fairlead:data', permissions: ['data:read'] }),
  );

  expect(answer).toMatchObject({ sub: 'ada', via: 'gateway', roles: ['sre'], allow: ['data:read'] });
});

test('G-60 answers a credential it has just verified at once and with the same object', async () => {
  const { authenticate, keys, clock } = await setUp();
  const { key } = await keys.create({ name: 'ci', roles: ['analyst'] });
  const token = await jwt(clock);
  const first = [authenticate(key), await authenticate(token)];

  expect(authenticate(key)).toBe(first[0]);
  expect(authenticate(token)).toBe(first[1]);
});

test('G-60 verifies again after 60 s', async () => {
  const { authenticate, clock } = await setUp();
  const token = await jwt(clock);
  await authenticate(token);

  clock.advance(59_999);
  const remembered = authenticate(token);
  clock.advance(1);

  expect(remembered).not.toBeInstanceOf(Promise);
  expect(authenticate(token)).toBeInstanceOf(Promise);
});

test('G-60 does not remember a credential past its end', async () => {
  const { authenticate, clock, keys } = await setUp();
  const { key } = await keys.create({
    name: 'ci',
    roles: ['analyst'],
    expiresAt: new Date(clock.now().getTime() + 5_000),
  });
  await authenticate(key);

  clock.advance(5_000);

  expect(authenticate(key)).toMatchObject({ status: 401, code: 'AUTH_EXPIRED' });
});

test('N21 G-62 refuses a revoked key at its next call, although it was remembered', async () => {
  const { authenticate, keys } = await setUp();
  const { record, key } = await keys.create({ name: 'ci', roles: ['analyst'] });
  await authenticate(key);

  await keys.revoke(record.id);

  expect(authenticate(key)).toMatchObject({ status: 401, code: 'AUTH_INVALID', publicMessage: /revoked/ });
});

// The verification began before the change: remembering its result under the new epoch would undo the revocation.
test('N21 does not remember a token whose verification began before a revocation', async () => {
  const gate = Promise.withResolvers<void>();
  const verify = async (): Promise<VerifiedToken> => {
    await gate.promise;
    return { sub: 'ada', issuer: issuer.issuer, roles: ['analyst'], expiresAtSeconds: Number.MAX_SAFE_INTEGER };
  };
  const { authenticate, keys } = await setUp((options) => ({ ...options, jwt: { verify } }));
  const { record } = await keys.create({ name: 'ci', roles: ['analyst'] });
  const token = await issuer.sign('main', { sub: 'ada' });

  const running = authenticate(token);
  await keys.revoke(record.id);
  gate.resolve();

  expect(await running).toMatchObject({ sub: 'ada' });
  expect(authenticate(token)).toBeInstanceOf(Promise);
});

test('does not remember refusals', async () => {
  const { authenticate, clock } = await setUp();
  const token = await jwt(clock, { aud: 'other' });
  await authenticate(token);

  expect(authenticate(token)).toBeInstanceOf(Promise);
});

test('G-33 answers 403 AUTH_NO_ROLE and who the caller is seen as when no role gives a permission', async () => {
  const { authenticate, keys, clock, hopSigner } = await setUp();
  const unknownRole = await keys.create({ name: 'ci', roles: ['gone'] });
  const emptyRole = await keys.create({ name: 'ci', roles: ['empty'] });
  const principal = { sub: 'ci', roles: [], allow: [], deny: [], via: 'key' } as const;
  const credentials = [
    unknownRole.key,
    emptyRole.key,
    await jwt(clock, { sub: 'ci', groups: [] }),
    hopSigner.sign({ principal, audience: 'fairlead:data', permissions: [] }),
  ];

  for (const credential of credentials) {
    expect(await authenticate(credential)).toMatchObject({
      status: 403,
      code: 'AUTH_NO_ROLE',
      publicMessage: expect.stringContaining('"ci"'),
      hadCredential: true,
    });
  }
});

test('answers 401 without a credential and says how to send one', async () => {
  const { authenticate } = await setUp();

  expect(authenticate(undefined)).toMatchObject({ status: 401, code: 'AUTH_REQUIRED', hadCredential: false });
});

test.for([`flk_abcdefghijkl_${'a'.repeat(43)}`, 'flk_broken', 'neither key nor token'])(
  'answers 401 AUTH_INVALID to %j',
  async (credential) => {
    const { authenticate } = await setUp();

    expect(await authenticate(credential)).toMatchObject({ status: 401, code: 'AUTH_INVALID', hadCredential: true });
  },
);

test('answers 401 AUTH_EXPIRED to an expired token', async () => {
  const { authenticate, clock } = await setUp();

  expect(await authenticate(await jwt(clock, { exp: clock.now().getTime() / 1_000 - 60 }))).toMatchObject({
    status: 401,
    code: 'AUTH_EXPIRED',
  });
});

test('answers 503 to a token whose issuer does not answer, and not that the token is bad', async () => {
  const { authenticate, clock } = await setUp();
  issuer.isDown = true;
  onTestFinished(() => {
    issuer.isDown = false;
  });

  const answer = Promise.resolve(authenticate(await jwt(clock)));
  await clock.elapse(1_000);

  expect(await answer).toMatchObject({ status: 503, code: 'AUTH_UNAVAILABLE' });
});

test.for([undefined, 'anything'])(
  'answers 401 to the credential %j when there is no identity source',
  async (credential) => {
    const { authenticate } = await setUp(({ clock }) => ({ roles, clock }));

    expect(authenticate(credential)).toMatchObject({
      status: 401,
      code: 'AUTH_REQUIRED',
      publicMessage: expect.stringContaining('no identity source'),
      hadCredential: credential !== undefined,
    });
  },
);

test('accepts only what it was given a source for', async () => {
  const keysOnly = await setUp(({ keys, clock }) => ({ keys, roles, clock }));
  const tokensOnly = await setUp(({ jwt: verifier, clock }) => ({ jwt: verifier, roles, clock }));
  const { key } = await keysOnly.keys.create({ name: 'ci', roles: ['analyst'] });

  expect(await keysOnly.authenticate(await jwt(keysOnly.clock))).toMatchObject({ status: 401, code: 'AUTH_INVALID' });
  expect(await tokensOnly.authenticate(key)).toMatchObject({ status: 401, code: 'AUTH_INVALID' });
});

test('S-100 shows nothing of the credential in a refusal', async () => {
  const { authenticate, keys, clock } = await setUp();
  const { record, key } = await keys.create({ name: 'ci', roles: ['analyst'] });
  await keys.revoke(record.id);
  const token = await jwt(clock, { aud: 'other' });
  const answers: AuthenticationAnswer[] = [await authenticate(key), await authenticate(token)];

  const text = JSON.stringify(answers);

  expect(text).not.toContain(key.slice(4, 20));
  expect(text).not.toContain(token.slice(0, 20));
});
