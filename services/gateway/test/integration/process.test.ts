import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { generateHopKey } from '@fairlead/server-kit/identity';
import { createRunFolder, freePort, until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

function start(environment: Readonly<Record<string, string>>): {
  child: ChildProcess;
  ended: Promise<{ code: number | null; errors: string }>;
} {
  const child = spawn(process.execPath, ['--conditions=@fairlead/source', main], {
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'silent', ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const errors = text(child.stderr);
  return { child, ended: Promise.all([exited, errors]).then(([code, all]) => ({ code, errors: all })) };
}

function newKey(): string {
  return randomBytes(48).toString('base64');
}

function secrets(): Record<string, string> {
  return { MASTER_KEY: newKey(), AUDIT_KEY: newKey(), KEY_PEPPER: newKey(), HOP_KEY: generateHopKey() };
}

test('04 G-66: without its keys the gateway does not start, and says how to make each', async () => {
  const { code, errors } = await start({ CONFIG_FILE: 'none.yaml' }).ended;

  expect(code).toBe(1);
  for (const line of [
    'MASTER_KEY is not set',
    'openssl rand -base64 48 > master.key',
    'HOP_KEY is not set',
    'openssl genpkey -algorithm ed25519 -out hop.key',
    'AUDIT_KEY is not set',
  ]) {
    expect(errors).toContain(line);
  }
});

test.each([
  ['short', 'abc'],
  ['all equal', 'a'.repeat(64)],
])('06 N08: a key that is %s ends the start, and is not shown', async (_kind, key) => {
  const { code, errors } = await start({ ...secrets(), CONFIG_FILE: 'none.yaml', MASTER_KEY: key }).ended;

  expect(code).toBe(1);
  expect(errors).toContain('MASTER_KEY');
  expect(errors).toContain('openssl rand');
  expect(errors).not.toContain(`=${key}`);
});

test('04 G-82: a wrong config ends the start with file, line and field', async () => {
  await using folder = await createRunFolder();
  const file = join(folder.path, 'fairlead.yaml');
  writeFileSync(file, 'apiVersion: fairlead.dev/v1\nkind: GatewayConfig\nservers:\n  data: { url: "ftp://x" }\n');
  const { code, errors } = await start({ ...secrets(), CONFIG_FILE: file, PORT: '0', OPS_PORT: '0' }).ended;

  expect(code).toBe(1);
  expect(errors).toMatch(/fairlead\.yaml:4:\d+: servers\.data\.url: is not an http or https URL/);
});

test('a port that is taken ends the start with the mend', async () => {
  await using folder = await createRunFolder();
  const file = join(folder.path, 'fairlead.yaml');
  writeFileSync(file, 'apiVersion: fairlead.dev/v1\nkind: GatewayConfig\n');
  const environment = {
    ...secrets(),
    CONFIG_FILE: file,
    PORT: String(await freePort()),
    OPS_PORT: '0',
    DRAIN_SECONDS: '1',
  };
  const first = start(environment);
  await until(async () => (await fetch(`http://127.0.0.1:${environment.PORT}/.well-known/jwks.json`)).ok, {
    withinMs: 20_000,
    what: 'the first gateway',
  });

  const { code, errors } = await start(environment).ended;

  expect(code).toBe(1);
  expect(errors).toContain(`Port ${environment.PORT} on 127.0.0.1 is taken`);
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
});

test('04 G-83: SIGHUP makes the gateway look at its config, and does not end it', async () => {
  await using folder = await createRunFolder();
  const file = join(folder.path, 'fairlead.yaml');
  const port = await freePort();
  const write = (owner: string): void => {
    writeFileSync(
      `${file}.next`,
      `apiVersion: fairlead.dev/v1\nkind: GatewayConfig\nservers: { data: { url: "http://127.0.0.1:1/mcp", owner: ${owner} } }\naudit: { to: file, file: audit.jsonl }\n`,
    );
    renameSync(`${file}.next`, file);
  };
  write('nobody');
  const running = start({ ...secrets(), CONFIG_FILE: file, PORT: String(port), OPS_PORT: '0', DRAIN_SECONDS: '1' });
  await until(async () => (await fetch(`http://127.0.0.1:${port}/.well-known/jwks.json`)).ok, {
    withinMs: 20_000,
    what: 'the gateway',
  });

  let round = 0;
  // The poll may be the first to see a change, so there is another one until the signal was.
  await until(
    () => {
      round += 1;
      write(`owner-${round}`);
      running.child.kill('SIGHUP');
      return readFileSync(join(folder.path, 'audit.jsonl'), 'utf8').includes('"outcome":"allow","rule":"SIGHUP"');
    },
    { withinMs: 20_000, what: 'a load by signal' },
  );

  running.child.kill('SIGTERM');
  expect(await running.ended).toEqual({ code: 0, errors: '' });
});

test('04 G-05: what no call uses is not in memory: Express, Postgres, and the client behind the global fetch', async () => {
  const service = new URL('../../src/service.ts', import.meta.url).href;
  const listLoaded = `
    await import(${JSON.stringify(service)});
    const { createRequire } = await import('node:module');
    const files = Object.keys(createRequire(import.meta.url).cache);
    console.log(JSON.stringify({
      express: files.filter((file) => file.includes('/node_modules/express/')).length,
      pg: files.filter((file) => file.includes('/node_modules/pg/')).length,
      pool: files.filter((file) => file.endsWith('/undici/lib/dispatcher/pool.js')).length,
      fetch: process.moduleLoadList.filter((name) => name.includes('deps/undici')).length,
    }));`;
  const child = spawn(
    process.execPath,
    ['--conditions=@fairlead/source', '--input-type=module', '--eval', listLoaded],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );

  expect(JSON.parse(await text(child.stdout))).toEqual({ express: 0, pg: 0, pool: 1, fetch: 0 });
});
