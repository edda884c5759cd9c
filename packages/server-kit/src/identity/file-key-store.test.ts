import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { keyFile, type KeyRecord } from '@fairlead/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { createLogLines, type LogLines } from '../../test/log-lines.ts';
import { makeTestFolder } from '../../test/make-test-folder.ts';
import { systemClock } from '../runtime/clock.ts';
import { Secret } from '../runtime/secret.ts';
import { createKeyStore } from './file-key-store.ts';
import type { KeyStore } from './key-store.ts';

const pepper = randomBytes(32);

interface Bench {
  readonly folder: string;
  readonly file: string;
  readonly clock: FakeClock;
  readonly lines: LogLines;
  readonly store: KeyStore;
}

async function setUp(text?: string): Promise<Bench> {
  const folder = await makeTestFolder();
  const file = join(folder, 'keys.json');
  if (text !== undefined) await writeFile(file, text);
  return { folder, file, ...open(file) };
}

function open(file: string): { clock: FakeClock; lines: LogLines; store: KeyStore } {
  const clock = new FakeClock();
  const lines = createLogLines();
  const store = createKeyStore({ file, pepper, clock, log: lines.log });
  onTestFinished(() => store.close());
  return { clock, lines, store };
}

/** A store on the computer's own clock, for tests in which two of them wait for each other. */
function openReal(file: string): KeyStore {
  const store = createKeyStore({ file, pepper, clock: systemClock, log: createLogLines().log });
  onTestFinished(() => store.close());
  return store;
}

async function readKeys(file: string): Promise<readonly KeyRecord[]> {
  return keyFile.parse(JSON.parse(await readFile(file, 'utf8'))).keys;
}

const ci = { name: 'ci', roles: ['viewer'] } as const;

test('G-58 finds a key that it made, and stores only its hash', async () => {
  const { store, file } = await setUp();

  const { record, key } = await store.create({ ...ci, tenant: 'north' });

  expect(store.find(key)).toEqual(record);
  expect(record).toMatchObject({
    name: 'ci',
    roles: ['viewer'],
    tenant: 'north',
    createdAt: '2026-11-20T20:00:00.000Z',
  });
  expect(await readFile(file, 'utf8')).not.toContain(key.split('_')[2]);
});

test('S-52 S-99 leaves one file of mode 0600 and nothing beside it', async () => {
  const { store, folder, file } = await setUp();

  await store.create(ci);
  await store.create(ci);

  expect(await readdir(folder)).toEqual(['keys.json']);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test('keeps its keys over a restart, with a pepper from a text or from bytes', async () => {
  const { store, file, clock, lines } = await setUp();
  const { key } = await store.create(ci);
  const reopened = createKeyStore({ file, pepper: Buffer.from(pepper), clock, log: lines.log });
  onTestFinished(() => reopened.close());
  const other = createKeyStore({
    file,
    pepper: new Secret('another pepper of more than 32 bytes'),
    clock,
    log: lines.log,
  });
  onTestFinished(() => other.close());

  expect(reopened.find(key)).toMatchObject({ name: 'ci' });
  expect(other.find(key)).toBe('unknown');
});

test.for(['', 'flk_', 'something', `flk_abcdefghijkl_${'a'.repeat(43)}`])('does not know %j', async (key) => {
  const { store } = await setUp();
  await store.create(ci);

  expect(store.find(key)).toBe('unknown');
});

test('does not know a key with the right id and another secret, and does not tell its state', async () => {
  const { store } = await setUp();
  const { record, key } = await store.create(ci);
  await store.revoke(record.id);
  const wrong = `${key.slice(0, -1)}${key.endsWith('a') ? 'b' : 'a'}`;

  expect(store.find(wrong)).toBe('unknown');
  expect(store.find(key)).toBe('revoked');
});

test('says expired from the moment of expiry on', async () => {
  const { store, clock } = await setUp();
  const { key } = await store.create({ ...ci, expiresAt: new Date('2026-11-20T20:00:10Z') });

  clock.advance(9_999);
  const before = store.find(key);
  clock.advance(1);

  expect(before).toMatchObject({ name: 'ci' });
  expect(store.find(key)).toBe('expired');
});

test('G-62 revokes at once, raises the epoch and tells listeners', async () => {
  const { store, file } = await setUp();
  const { record, key } = await store.create(ci);
  const epoch = store.epoch;
  let told = 0;
  store.onChange(() => {
    told += 1;
  });

  const revoked = await store.revoke(record.id);

  expect(store.find(key)).toBe('revoked');
  expect(revoked.revokedAt).toBe('2026-11-20T20:00:00.000Z');
  expect([store.epoch, told]).toEqual([epoch + 1, 1]);
  expect(await readKeys(file)).toEqual([revoked]);
});

test('keeps the first time of revocation when revoked again', async () => {
  const { store, clock } = await setUp();
  const { record } = await store.create(ci);
  const first = await store.revoke(record.id);
  clock.advance(5_000);

  expect(await store.revoke(record.id)).toEqual(first);
});

test('answers KEY_NOT_FOUND for an id that no key has, and changes nothing', async () => {
  const { store, file } = await setUp();
  await store.create(ci);
  const before = await readFile(file, 'utf8');

  await expect(store.revoke('aaaaaaaaaaaa')).rejects.toMatchObject({ code: 'KEY_NOT_FOUND', status: 404 });

  expect(await readFile(file, 'utf8')).toBe(before);
});

test.for([
  [{ name: '', roles: ['viewer'] }, 'name'],
  [{ name: 'ci', roles: [] }, 'roles'],
  [{ name: 'ci', roles: ['Not A Role'] }, 'roles[0]'],
  [{ name: 'ci', roles: ['viewer'], tenant: '' }, 'tenant'],
] as const)('refuses to make %j and names the field', async ([request, field]) => {
  const { store, folder } = await setUp();

  await expect(store.create(request)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    publicMessage: expect.stringContaining(`${field}: `),
  });

  expect(await readdir(folder)).toEqual([]);
});

test('G-83 takes over what another process writes within a second', async () => {
  const { store, file, clock } = await setUp();
  const { record, key } = await store.create(ci);
  const other = open(file);
  await other.store.revoke(record.id);
  const before = store.find(key);

  clock.advance(1_000);

  expect(before).toMatchObject({ name: 'ci' });
  expect(store.find(key)).toBe('revoked');
});

test('knows a key that another process made at once when it is presented', async () => {
  const { store, file } = await setUp();
  await store.create(ci);

  const { key } = await open(file).store.create({ name: 'new', roles: ['viewer'] });

  expect(store.find(key)).toMatchObject({ name: 'new' });
});

test('sees a new content behind an unchanged time, as a swapped symlink has', async () => {
  const { store, file, clock } = await setUp();
  const { record, key } = await store.create(ci);
  const times = await stat(file);
  await open(file).store.revoke(record.id);
  await utimes(file, times.atime, times.mtime);

  clock.advance(1_000);

  expect(store.find(key)).toBe('revoked');
});

test('keeps the keys and reports once when the file becomes invalid, and takes the next good one', async () => {
  const { store, file, clock, lines } = await setUp();
  const { key } = await store.create(ci);
  const good = await readFile(file, 'utf8');

  await writeFile(file, '{"version":1,"keys":[{"id":"broken"}]}');
  clock.advance(5_000);
  const during = store.find(key);
  await writeFile(file, good);
  clock.advance(1_000);

  expect(during).toMatchObject({ name: 'ci' });
  expect(store.find(key)).toMatchObject({ name: 'ci' });
  expect(lines.messages().filter((message) => message === 'keys.rejected')).toHaveLength(1);
});

test('does not write over a file that it cannot read', async () => {
  const { store, file } = await setUp();
  await store.create(ci);
  await writeFile(file, 'not json');

  await expect(store.create(ci)).rejects.toMatchObject({ code: 'KEY_FILE_INVALID' });

  expect(await readFile(file, 'utf8')).toBe('not json');
});

test('knows no key after the file was removed', async () => {
  const { store, file, clock } = await setUp();
  const { key } = await store.create(ci);
  await writeFile(file, '');

  clock.advance(1_000);

  expect(store.find(key)).toBe('unknown');
});

const validRecord = {
  id: 'abcdefghijkl',
  name: 'ci',
  hash: 'a'.repeat(64),
  roles: ['viewer'],
  createdAt: '2026-11-20T20:00:00.000Z',
};

test.for([
  ['{', 'is not JSON'],
  ['[]', '(root)'],
  ['{"version":2,"keys":[]}', 'version'],
  [JSON.stringify({ version: 1, keys: [{ ...validRecord, hash: 'short' }] }), 'keys[0].hash'],
  [JSON.stringify({ version: 1, keys: [validRecord, { ...validRecord, roles: ['A b'] }] }), 'keys[1].roles[0]'],
  [JSON.stringify({ version: 1, keys: [{ ...validRecord, secret: 'x' }] }), 'keys[0]'],
  [JSON.stringify({ version: 1, keys: [validRecord, validRecord] }), 'abcdefghijkl'],
] as const)('refuses to start on %s and names %s', async ([text, place]) => {
  await expect(setUp(text)).rejects.toMatchObject({
    code: 'KEY_FILE_INVALID',
    publicMessage: expect.stringContaining(place),
  });
});

test('G-66 refuses to start with a weak pepper', async () => {
  const file = join(await makeTestFolder(), 'keys.json');

  expect(() =>
    createKeyStore({ file, pepper: Buffer.alloc(32), clock: new FakeClock(), log: createLogLines().log }),
  ).toThrow(expect.objectContaining({ code: 'SECRET_WEAK' }));
});

test('G-58 writes the time of last use at most once a minute, and that does not raise the epoch', async () => {
  const { store, file, clock } = await setUp();
  const { key } = await store.create(ci);
  const epoch = store.epoch;
  store.find(key);
  clock.advance(30_000);
  store.find(key);
  const listed = store.list()[0]?.lastUsedAt;
  const early = (await readKeys(file))[0]?.lastUsedAt;

  clock.advance(30_000);
  await store.close();

  expect([early, listed]).toEqual([undefined, '2026-11-20T20:00:30.000Z']);
  expect((await readKeys(file))[0]?.lastUsedAt).toBe('2026-11-20T20:00:30.000Z');
  expect(store.epoch).toBe(epoch);
});

test('writes what is still to be written when it closes, and then leaves no timer', async () => {
  const { store, file, clock } = await setUp();
  const { key } = await store.create(ci);
  store.find(key);

  await store.close();

  expect((await readKeys(file))[0]?.lastUsedAt).toBe('2026-11-20T20:00:00.000Z');
  expect(clock.pending).toBe(0);
});

test('goes on from memory when the time of last use cannot be written', async () => {
  const { store, folder, lines } = await setUp();
  const { key } = await store.create(ci);
  await rm(folder, { recursive: true });
  store.find(key);

  await store.close();

  expect(store.find(key)).toMatchObject({ name: 'ci' });
  expect(lines.messages()).toContain('keys.last_use_not_written');
});

test('lists revoked keys too, oldest first', async () => {
  const { store, clock } = await setUp();
  const first = await store.create({ name: 'first', roles: ['viewer'] });
  clock.advance(1_000);
  await store.create({ name: 'second', roles: ['viewer'] });
  await store.revoke(first.record.id);

  expect(store.list().map(({ name, revokedAt }) => [name, revokedAt !== undefined])).toEqual([
    ['first', true],
    ['second', false],
  ]);
});

test('S-100 logs no key and no hash', async () => {
  const { store, lines, clock } = await setUp();
  const { record, key } = await store.create(ci);
  store.find(key);
  await store.revoke(record.id);
  clock.advance(2_000);

  expect(lines.messages()).toContain('key.created');
  expect(lines.text()).not.toContain(key.split('_')[2]);
  expect(lines.text()).not.toContain(record.hash);
});

test('loses no key when two stores write the same file at the same time', async () => {
  const { file } = await setUp();
  const stores = [openReal(file), openReal(file)];

  const created = await Promise.all(
    stores.flatMap((store) => Array.from({ length: 6 }, () => store.create({ name: 'ci', roles: ['viewer'] }))),
  );

  const stored = new Set((await readKeys(file)).map(({ id }) => id));
  expect(stored).toEqual(new Set(created.map(({ record }) => record.id)));
});
