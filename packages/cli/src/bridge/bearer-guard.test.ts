import { expect, test } from 'vitest';
import { createBearerGuard } from './bearer-guard.ts';

const token = 'a-long-enough-token-0123';

test('on loopback a token is optional, and is asked for when it is set', () => {
  expect(createBearerGuard(undefined, '127.0.0.1')(undefined)).toBe(true);
  expect(createBearerGuard(token, '127.0.0.1')(undefined)).toBe(false);
});

test('takes the token by any spelling of the scheme, and nothing like it', () => {
  const guard = createBearerGuard(token, '0.0.0.0');

  expect([`Bearer ${token}`, `bearer ${token}`].map(guard)).toEqual([true, true]);
  expect(['', token, `Basic ${token}`, `Bearer ${token}x`, `Bearer ${token.slice(1)}`].map(guard)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ]);
});

test.for(['short', 'aaaaaaaaaaaaaaaaaaaaaaaa'])('06 N08: refuses the token %s, on loopback too', (weak) => {
  expect(() => createBearerGuard(weak, '127.0.0.1')).toThrow('BRIDGE_TOKEN can be guessed.');
});
