import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { withConnection } from '@fairlead/testkit/parts';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { listProcesses } from './fleet/list-processes.ts';
import { readDevJson } from './fleet/read-dev-json.ts';
import { repositoryRoot } from './fleet/repository-root.ts';
import { runCli } from './fleet/run-cli.ts';
import { sharedFleet } from './fleet/shared-fleet.ts';
import { userEnvironment } from './fleet/user-environment.ts';

const fleet = sharedFleet();
const roles = ['admin', 'analyst', 'developer', 'viewer'];

test('the start prints the URL and the four keys of dev.json, and ends in the line that says ready', async () => {
  const { gateway, keys } = await readDevJson(fleet.stateFolder);
  const text = fleet.output.join('\n');

  expect(text).toContain(gateway.mcp);
  expect(Object.keys(keys).toSorted()).toEqual(roles);
  for (const key of Object.values(keys)) expect(text).toContain(key);
  expect(fleet.output.at(-1)).toBe('fairlead: ready');
});

test('each line of the first call works when it is pasted into a shell', async (context) => {
  const lines = firstCall();
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['npx', 'curl']);

  for (const line of lines) {
    const { code, stdout } = await runInShell(line);
    if (code === 127) context.skip(`${line.split(' ')[0]} is not on PATH`);

    expect({ line, code }).toEqual({ line, code: 0 });
    expect(stdout).toContain('delivered');
    expect(stdout).not.toContain('isError');
  }
});

test('01 §4: dev.json names what runs, every address in it answers, and every process in it lives', async () => {
  const dev = await readDevJson(fleet.stateFolder);
  const running = new Set((await listProcesses()).map(({ pid }) => pid));

  expect(Object.keys(dev.services).toSorted()).toEqual(['aiml', 'data', 'devops']);
  expect(Object.keys(dev.doubles).toSorted()).toEqual(['github', 'slack']);
  for (const { ops } of [dev.gateway, ...Object.values(dev.services)]) {
    expect(await statusOf(`${ops}/livez`)).toBe(200);
    expect(await statusOf(`${ops}/readyz`)).toBe(200);
  }
  for (const url of Object.values(dev.doubles)) expect(await statusOf(url)).toBeLessThan(500);
  expect(await userOf(dev.postgres?.admin ?? '')).toBe('postgres');
  expect(await userOf(dev.postgres?.demo ?? '')).toBe('mcp_ro');
  for (const pid of [dev.pid, ...Object.values(dev.services).map((service) => service.pid)]) {
    expect(running).toContain(pid);
  }
});

test('04 G-21: the gateway keeps the lists of its servers in a database of its own', async () => {
  const { postgres } = await readDevJson(fleet.stateFolder);
  const platform = new URL(postgres?.admin ?? '');
  platform.pathname = '/fairlead';

  const { rows } = await withConnection(platform.href, (client) =>
    client.query(
      'select server, tableowner as owner from catalog_snapshot, pg_tables where tablename = $1 order by 1',
      ['catalog_snapshot'],
    ),
  );

  expect(rows).toEqual(['aiml', 'data', 'devops'].map((server) => ({ server, owner: 'fairlead_gateway' })));
  const reader = new URL(postgres?.demo ?? '');
  reader.pathname = '/fairlead';
  await expect(withConnection(reader.href, (client) => client.query('select 1'))).rejects.toThrow('permission denied');
});

test('01 §4: the state folder and every secret in it are closed to others', async () => {
  const secrets = ['master', 'pepper', 'hop', 'audit'].map((name) => `secrets/${name}.key`);
  const files = ['dev.json', 'demo-keys.json', 'keys.json', 'logs/audit.jsonl', ...secrets];

  expect(await modeOf('.')).toBe('700');
  for (const file of files) expect({ file, mode: await modeOf(file) }).toEqual({ file, mode: '600' });
});

test('02 TC-10: a start changes no file that git knows, and leaves none that it does not', (context) => {
  if (fleet.gitStatus === undefined) context.skip('the repository is no git checkout');
  expect(fleet.gitStatus?.after).toBe(fleet.gitStatus?.before);
});

test('a second start on the same state folder exits 1 and names the process that has it', async () => {
  const { pid, gateway } = await readDevJson(fleet.stateFolder);

  const second = await runCli(['up', '--port', '0', '--state', fleet.stateFolder]);

  expect(second.code).toBe(1);
  expect(second.stderr).toContain(`is in use by process ${pid}`);
  expect(second.stderr).toContain(`fix: fairlead down --fleet ${fleet.stateFolder}`);
  expect((await readDevJson(fleet.stateFolder)).pid).toBe(pid);
  expect(await statusOf(`${gateway.ops}/readyz`)).toBe(200);
});

test('a start on a port that is taken exits 1 and says the mend', async () => {
  await using folder = await createRunFolder();
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;

  const refused = await runCli(['up', '--port', String(port), '--state', path.join(folder.path, 'state')]);
  await promisify(holder.close.bind(holder))();

  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`port ${port} is in use`);
  expect(refused.stderr).toContain('fix: use --port 0');
});

test('a start on a state folder that cannot be made exits 1 and says the mend', async () => {
  await using folder = await createRunFolder();
  // A file in the way stops root too, unlike a mode.
  await writeFile(path.join(folder.path, 'file'), '');

  const refused = await runCli(['up', '--port', '0', '--state', path.join(folder.path, 'file', 'state')]);

  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/the state folder \S+ cannot be written/);
  expect(refused.stderr).toContain('fix: fairlead up --state DIR');
});

test.each([
  { argument: ['--port', '80800'], cause: '--port 80800 is not a port' },
  { argument: ['--only', 'data,nothing'], cause: 'nothing' },
  { argument: ['--config', 'not-there.yaml'], cause: 'not-there.yaml' },
  { argument: ['--wrong'], cause: '--wrong' },
])('a start with $argument exits 1 and names it', async ({ argument, cause }) => {
  await using folder = await createRunFolder();

  const refused = await runCli(['up', '--port', '0', '--state', path.join(folder.path, 'state'), ...argument]);

  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(cause);
  expect(refused.stderr).toContain('fix: ');
  // What was typed wrong is said before anything is started.
  expect(refused.stdout).not.toContain('ready on');
});

/** The lines below "First call", as they stand on the screen. */
function firstCall(): readonly string[] {
  const begin = fleet.output.indexOf('First call') + 1;
  return fleet.output.slice(begin, fleet.output.indexOf('', begin)).map((line) => line.trim());
}

function runInShell(line: string): Promise<{ readonly code: number; readonly stdout: string }> {
  return new Promise((resolve) => {
    const options = { cwd: repositoryRoot, env: userEnvironment() };
    execFile('/bin/sh', ['-c', line], options, (error, stdout) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout });
    });
  });
}

async function statusOf(url: string): Promise<number> {
  return (await fetch(url)).status;
}

async function userOf(url: string): Promise<unknown> {
  return await withConnection(url, async (client) => {
    const { rows } = await client.query<{ user: string }>('select current_user as user');
    return rows[0]?.user;
  });
}

async function modeOf(file: string): Promise<string> {
  return ((await stat(path.join(fleet.stateFolder, file))).mode & 0o777).toString(8);
}
