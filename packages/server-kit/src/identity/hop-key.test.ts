import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { expect, test } from 'vitest';
import { generateHopKey, hopPublicKey, loadHopKey } from './hop-key.ts';

test('makes a key that it loads again, with the same id each time', () => {
  const pem = generateHopKey();

  expect(hopPublicKey(loadHopKey(pem))).toEqual(hopPublicKey(loadHopKey(pem)));
  expect(hopPublicKey(loadHopKey(generateHopKey())).kid).not.toBe(hopPublicKey(loadHopKey(pem)).kid);
});

test('publishes the public half alone, under its RFC 7638 thumbprint', async () => {
  const published = hopPublicKey(loadHopKey(generateHopKey()));

  expect(published).toEqual({
    kty: 'OKP',
    crv: 'Ed25519',
    x: expect.any(String),
    kid: await calculateJwkThumbprint(published),
    alg: 'EdDSA',
    use: 'sig',
  });
});

test.for([
  ['nothing', ''],
  ['text', 'hop key'],
  ['a public key', createPublicKey(generateHopKey()).export({ type: 'spki', format: 'pem' }).toString()],
  [
    'an RSA key',
    generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  ],
] as const)('G-66 refuses %s as hop key and says how to make one', ([, pem]) => {
  expect(() => loadHopKey(pem)).toThrow(expect.objectContaining({ code: 'HOP_KEY_INVALID' }));
  expect(() => loadHopKey(pem)).toThrow(/openssl genpkey/);
});
