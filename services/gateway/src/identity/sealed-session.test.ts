import { createSealer } from '@fairlead/server-kit/runtime';
import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { callerWith } from '../../test/support/make-snapshot.ts';
import { SealedSessions } from './sealed-session.ts';

const masterKey = Buffer.alloc(32, 'a-master-key-of-32-bytes-or-more');
const ana = callerWith(['*']);

function setUp() {
  const clock = createFakeClock();
  return { clock, sessions: new SealedSessions(createSealer({ masterKey, purpose: 'session', clock }), clock) };
}

test('04 G-65: a session opens for its caller and its server, on any replica with the key', () => {
  const sealed = setUp().sessions.seal('upstream-1', 'data', ana);

  expect(setUp().sessions.open(sealed, 'data', ana)).toBe('upstream-1');
  expect(sealed).toMatch(/^[\x21-\x7e]+$/);
});

test('06 N05: it does not open for another caller, tenant or server, nor when a bit of it differs', () => {
  const { sessions } = setUp();
  const sealed = sessions.seal('upstream-1', 'data', ana);
  const altered = `${sealed.slice(0, 20)}${sealed[20] === 'A' ? 'B' : 'A'}${sealed.slice(21)}`;

  expect(sessions.open(sealed, 'data', { ...ana, sub: 'eve' })).toBeUndefined();
  expect(sessions.open(sealed, 'data', { ...ana, tenant: 'other' })).toBeUndefined();
  expect(sessions.open(sealed, 'data', { ...ana, keyId: 'zzzzzzzz2345' })).toBeUndefined();
  expect(sessions.open(sealed, 'devops', ana)).toBeUndefined();
  expect(sessions.open(altered, 'data', ana)).toBeUndefined();
});

test('it ends after a day, and at once when somebody ended it', async () => {
  const { clock, sessions } = setUp();
  const old = sessions.seal('upstream-1', 'data', ana);
  await clock.advance(24 * 3_600_000 + 1_000);
  const young = sessions.seal('upstream-2', 'data', ana);

  expect(sessions.open(old, 'data', ana)).toBeUndefined();
  expect(sessions.open(young, 'data', ana)).toBe('upstream-2');
  sessions.end('upstream-2');
  expect(sessions.open(young, 'data', ana)).toBeUndefined();
});
