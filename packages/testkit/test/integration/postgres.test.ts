import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  ensureDatabase,
  startPostgres,
  startProcess,
  withConnection,
  type PostgresAccount,
  type StartedProcess,
} from '@fairlead/testkit/parts';
import { createRunFolder, freePort, until } from '@fairlead/testkit/waiting';
import { z } from 'zod';

const supervisor = join(import.meta.dirname, '..', 'fixtures', 'start-postgres-then-wait.ts');
const startedLine = z.object({ pid: z.number(), folder: z.string() });

// The ways that this user can take; both of root's are run, though `startPostgres` takes the first one that works.
const accounts: readonly PostgresAccount[] = process.getuid?.() === 0 ? ['namespace', 'other-user'] : ['own'];

async function answer(url: string, sql: string): Promise<unknown> {
  return withConnection(url, async (client) => {
    const result = await client.query<{ answer: unknown }>(sql);
    return result.rows[0]?.answer;
  });
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

function startedBy(parent: StartedProcess): z.infer<typeof startedLine> {
  const line = parent.recentOutput().find((text) => text.startsWith('started ')) ?? '';
  return startedLine.parse(JSON.parse(line.slice('started '.length)));
}

for (const account of accounts) {
  test(`as ${account}: answers queries on 127.0.0.1 with a private password`, async () => {
    await using postgres = await startPostgres({ account });

    expect(await answer(postgres.adminUrl, 'SELECT 6 * 7 AS answer')).toBe(42);
    expect(await answer(postgres.adminUrl, `SELECT current_setting('listen_addresses') AS answer`)).toBe('127.0.0.1');
    expect(statSync(join(postgres.folder, 'password')).mode & 0o777).toBe(0o600);
    await expect(answer(postgres.url('postgres', { name: 'postgres', password: 'x' }), 'SELECT 1')).rejects.toThrow(
      'password authentication failed',
    );
  });

  test(`as ${account}: keeps the data of a named folder over a restart and makes it durable`, async () => {
    await using folder = await createRunFolder();
    const path = join(folder.path, 'postgres');
    {
      await using first = await startPostgres({ folder: path, account });
      await withConnection(first.adminUrl, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS answer'));
    }

    await using second = await startPostgres({ folder: path, account });

    expect(await answer(second.adminUrl, 'SELECT answer FROM kept')).toBe(7);
    expect(await answer(second.adminUrl, `SELECT current_setting('fsync') AS answer`)).toBe('on');
    await second.stop();
    rmSync(second.folder, { recursive: true });
  });

  // TC-11, 09 §3.1: SIGKILL to the supervisor runs no handler, and what it leaves must not hinder the next start.
  test(`as ${account}: ends within 5 s when its supervisor was killed, and the next start takes the folder`, async () => {
    await using folder = await createRunFolder();
    const path = join(folder.path, 'postgres');
    await using parent = await startProcess({
      command: process.execPath,
      args: ['--conditions=@fairlead/source', supervisor, path, account],
      readyWhen: { output: /^started / },
    });
    const started = startedBy(parent);
    expect(isRunning(started.pid)).toBe(true);

    process.kill(parent.pid, 'SIGKILL');
    await until(() => !isRunning(started.pid), { withinMs: 5_000, what: 'Postgres to be gone' });

    await using next = await startPostgres({ folder: path, account });
    expect(await answer(next.adminUrl, 'SELECT 1 AS answer')).toBe(1);
    await next.stop();
    rmSync(next.folder, { recursive: true });
  });
}

test('finds a way to run as the user of this process and removes the temporary folder', async () => {
  const postgres = await startPostgres({ settings: { work_mem: '7MB' } });
  expect(await answer(postgres.adminUrl, `SELECT current_setting('work_mem') AS answer`)).toBe('7MB');

  await postgres.stop();

  expect(() => statSync(postgres.folder)).toThrow('ENOENT');
  expect(isRunning(postgres.process.pid)).toBe(false);
});

// V-20
test('leaves no temporary folder when its supervisor was killed', async () => {
  await using parent = await startProcess({
    command: process.execPath,
    args: ['--conditions=@fairlead/source', supervisor],
    readyWhen: { output: /^started / },
  });
  const { folder } = startedBy(parent);
  expect(statSync(folder).isDirectory()).toBe(true);

  process.kill(parent.pid, 'SIGKILL');

  const isGone = await until(() => !existsSync(folder), { withinMs: 10_000, what: `${folder} to be gone` });
  expect(isGone).toBe(true);
});

test('takes over a folder whose server was killed', async () => {
  await using folder = await createRunFolder();
  await using killed = await startPostgres({ folder: folder.path });
  await withConnection(killed.adminUrl, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS answer'));
  killed.process.kill('SIGKILL');
  await killed.process.exited;

  await using next = await startPostgres({ folder: folder.path });

  expect(await answer(next.adminUrl, 'SELECT answer FROM kept')).toBe(7);
});

// After a reboot the pid in the lock file often belongs to somebody else.
test('takes over a folder whose pid now belongs to another program', async () => {
  await using folder = await createRunFolder();
  const first = await startPostgres({ folder: folder.path });
  await first.stop();
  writeFileSync(join(folder.path, 'data', 'postmaster.pid'), `${process.pid}\n${join(folder.path, 'data')}\n`);

  await using next = await startPostgres({ folder: folder.path });

  expect(await answer(next.adminUrl, 'SELECT 1 AS answer')).toBe(1);
});

test('refuses a folder on which a server runs and leaves that server alone', async () => {
  await using folder = await createRunFolder();
  await using first = await startPostgres({ folder: folder.path });

  await expect(startPostgres({ folder: folder.path })).rejects.toMatchObject({
    code: 'PART_FOLDER_IN_USE',
    details: { pid: first.process.pid },
  });

  expect(await answer(first.adminUrl, 'SELECT 1 AS answer')).toBe(1);
});

test('makes the cluster anew when its making was interrupted', async () => {
  await using folder = await createRunFolder();
  await using interrupted = await startPostgres({ folder: folder.path });
  await interrupted.stop();
  rmSync(join(folder.path, 'data'), { recursive: true });
  // `initdb` writes the version file early; a folder that holds it looks like a cluster.
  writeFileSync(join(folder.path, 'data.part'), '18');

  await using postgres = await startPostgres({ folder: folder.path });

  expect(await answer(postgres.adminUrl, 'SELECT 1 AS answer')).toBe(1);
});

test('refuses a port that is taken and says so', async () => {
  const port = await freePort();
  await using server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');

  await expect(startPostgres({ port })).rejects.toMatchObject({
    code: 'PART_START_FAILED',
    publicMessage: expect.stringContaining('could not bind IPv4 address "127.0.0.1"'),
  });
});

// V-21
test('copies a database from a template, closed to roles without a grant', async () => {
  await using postgres = await startPostgres();
  const source = await postgres.createDatabase('source');
  await withConnection(source, (client) => client.query('CREATE TABLE seeded AS SELECT 7 AS answer'));
  await withConnection(postgres.adminUrl, (client) => client.query(`CREATE ROLE guest LOGIN PASSWORD 'g@/st'`));

  const copy = await postgres.createDatabase('a "copy"', { template: 'source' });

  expect(await answer(copy, 'SELECT answer FROM seeded')).toBe(7);
  const asGuest = postgres.url('a "copy"', { name: 'guest', password: 'g@/st' });
  await expect(answer(asGuest, 'SELECT 1')).rejects.toThrow('permission denied for database');
  await postgres.dropDatabase('a "copy"');
  await expect(answer(copy, 'SELECT 1')).rejects.toThrow('does not exist');
});

test('a database of one role is made once, and its owner gets into no other', async () => {
  await using postgres = await startPostgres();
  const wanted = { name: 'platform', owner: { name: 'platform_owner', password: 'first' } };
  const first = await ensureDatabase(postgres.adminUrl, wanted);
  await withConnection(first, (client) => client.query('CREATE TABLE kept AS SELECT 7 AS answer'));
  const other = await postgres.createDatabase('other');

  const second = await ensureDatabase(postgres.adminUrl, { ...wanted, owner: { ...wanted.owner, password: 'second' } });

  expect(await answer(second, 'SELECT answer FROM kept')).toBe(7);
  await expect(answer(first, 'SELECT 1')).rejects.toThrow('password authentication failed');
  const elsewhere = new URL(second);
  elsewhere.pathname = new URL(other).pathname;
  await expect(answer(elsewhere.href, 'SELECT 1')).rejects.toThrow('permission denied for database');
});
