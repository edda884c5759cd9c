import type { AuthenticationAnswer, Authenticator } from '@fairlead/server-kit/identity';
import { expect, test } from 'vitest';
import { callerWith } from '../../test/support/make-snapshot.ts';
import { liveAuthenticator } from './live-authenticator.ts';

const wide = callerWith(['*']);
const narrow = callerWith(['data:read']);

function answering(answer: AuthenticationAnswer | Promise<AuthenticationAnswer>): Authenticator {
  return { authenticate: () => answer };
}

test('asks the authenticator in force, and answers at once where it does', () => {
  let inForce = answering(wide);
  const live = liveAuthenticator(() => inForce);

  expect(live.authenticate({}, [], '/mcp')).toBe(wide);
  inForce = answering(narrow);
  expect(live.authenticate({}, [], '/mcp')).toBe(narrow);
});

test('04 G-83: a check that began before a reload and ends after it is made again', async () => {
  const { promise: slow, resolve } = Promise.withResolvers<AuthenticationAnswer>();
  let inForce = answering(slow);
  const answer = liveAuthenticator(() => inForce).authenticate({}, [], '/mcp');
  inForce = answering(narrow);
  resolve(wide);

  expect(await answer).toBe(narrow);
});
