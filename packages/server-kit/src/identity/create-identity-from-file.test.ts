import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { IssuerDouble } from '../../test/issuer-double.ts';
import { createLogLines } from '../../test/log-lines.ts';
import { makeTestFolder } from '../../test/make-test-folder.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { createAuthenticator } from './authenticator.ts';
import { createIdentityFromFile, type IdentityFileOptions } from './create-identity-from-file.ts';
import { createKeyStore } from './file-key-store.ts';

const pepper = randomBytes(32);

async function setUp(
  text: string,
): Promise<IdentityFileOptions & { readonly folder: string; readonly clock: FakeClock }> {
  const folder = await makeTestFolder();
  const file = join(folder, 'identity.yaml');
  await writeFile(file, text);
  return {
    folder,
    file,
    pepper,
    clock: new FakeClock(),
    fetch: new IssuerDouble().fetch,
    log: createLogLines().log,
    metrics: createMetrics({ name: 'test' }),
  };
}

const whole = `
identity:
  keys: { from: { file: keys.json } }
  issuers:
    - issuer: https://idp.example.com
      audience: https://mcp.example.com/mcp
      roles: { claim: groups, map: { data-eng: analyst } }
roles:
  analyst: { allow: [data:read, "tool:github__search_*"] }
`;

test('01 §6 builds the key store, the token verifier and the roles that the file names', async () => {
  const options = await setUp(whole);

  const identity = await createIdentityFromFile(options);
  onTestFinished(() => identity.close());

  expect(Object.keys(identity).toSorted()).toEqual(['close', 'jwt', 'keys', 'roles']);
  expect(identity.roles).toEqual({ analyst: { allow: ['data:read', 'tool:github__search_*'], deny: [] } });
});

test('lets a key in that lies beside the file', async () => {
  const options = await setUp(whole);
  const { clock, log } = options;
  const store = createKeyStore({ file: join(options.folder, 'keys.json'), pepper, clock, log });
  const { key } = await store.create({ name: 'ci', roles: ['analyst'] });
  await store.close();

  const identity = await createIdentityFromFile(options);
  onTestFinished(() => identity.close());
  const authenticator = createAuthenticator({ ...identity, clock });

  expect(authenticator.authenticate({ 'x-api-key': key }, ['X-API-Key', key], '/mcp')).toMatchObject({
    sub: 'ci',
    via: 'key',
  });
});

test('builds nothing that the file does not name', async () => {
  const identity = await createIdentityFromFile(await setUp('identity: {}\nroles: {}\n'));

  expect(Object.keys(identity).toSorted()).toEqual(['close', 'roles']);
});

test('leaves no timer after close', async () => {
  const options = await setUp(whole);
  const identity = await createIdentityFromFile(options);

  await identity.close();

  expect(options.clock.pending).toBe(0);
});

test.for([
  ['identity: {}\n', 'line 1, column 1: roles: '],
  ['identity: {}\nroles:\n  Bad Role: {}\n', 'line 3, column 3: roles.Bad Role: '],
  ['identity: {}\nroles:\n  a: { allow: [everything] }\n', 'line 3, column 16: roles.a.allow[0]: '],
  ['identity: { password: x }\nroles: {}\n', 'line 1, column 13: identity.password: is not a known key'],
  [
    whole.replace('analyst }', 'analist }'),
    'line 7, column 38: identity.issuers[0].roles.map.data-eng: names the role "analist"',
  ],
  ['identity: {}\nidentity: {}\nroles: {}\n', 'line 2, column 1'],
  ['identity: [\n', 'line 2, column 1'],
] as const)('Y-33 refuses %j and says where', async ([text, place]) => {
  await expect(createIdentityFromFile(await setUp(text))).rejects.toMatchObject({
    code: 'IDENTITY_INVALID',
    publicMessage: expect.stringContaining(place),
  });
});

test('refuses a key file without a pepper and names the setting', async () => {
  const { pepper: _absent, ...options } = await setUp(whole);

  await expect(createIdentityFromFile(options)).rejects.toMatchObject({
    code: 'SECRET_WEAK',
    publicMessage: expect.stringContaining('KEY_PEPPER_FILE'),
  });
});

test('refuses a file that is not there, without its folder in the public text', async () => {
  const options = await setUp(whole);

  await expect(createIdentityFromFile({ ...options, file: join(options.folder, 'gone.yaml') })).rejects.toMatchObject({
    code: 'IDENTITY_INVALID',
    publicMessage: 'gone.yaml: cannot be read',
  });
});
