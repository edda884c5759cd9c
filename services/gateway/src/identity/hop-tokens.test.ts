import { generateHopKey, createHopSigner, loadHopKey } from '@fairlead/server-kit/identity';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { callerWith, makeSnapshot, toolNamed } from '../../test/support/make-snapshot.ts';
import { HopTokens } from './hop-tokens.ts';

const privateKey = loadHopKey(generateHopKey());
const servers = { data: { items: { tool: [toolNamed('query', 'data:read')] } } };

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

function setUp() {
  const clock = createFakeClock();
  const tokens = new HopTokens(createHopSigner({ privateKey, issuer: 'fairlead-gateway', clock }), clock);
  const snapshot = makeSnapshot(servers);
  const data = snapshot.servers.get('data');
  if (data === undefined) throw new RangeError('data');
  return { clock, tokens, snapshot, data };
}

test('01 §6: the token says who calls, for which service, and what the caller may do there', () => {
  const { tokens, snapshot, data } = setUp();

  expect(claimsOf(tokens.tokenFor(snapshot, data, callerWith(['data:read'])))).toMatchObject({
    iss: 'fairlead-gateway',
    aud: 'fairlead:data',
    sub: 'ana',
    roles: ['tester'],
    permissions: ['data:read'],
    act: { sub: 'fairlead-gateway' },
  });
});

test('one token serves a caller for 30 s, and never another caller or epoch', async () => {
  const { clock, tokens, snapshot, data } = setUp();
  const ana = callerWith(['data:read']);
  const first = tokens.tokenFor(snapshot, data, ana);

  await clock.advance(29_000);
  expect(tokens.tokenFor(snapshot, data, ana)).toBe(first);
  expect(tokens.tokenFor({ ...snapshot, epoch: 2 }, data, ana)).not.toBe(first);
  expect(tokens.tokenFor(snapshot, data, callerWith(['data:read']))).not.toBe(first);

  await clock.advance(31_000);
  expect(tokens.tokenFor(snapshot, data, ana)).not.toBe(first);
});
