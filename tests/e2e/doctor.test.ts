import { once } from 'node:events';
import { cp, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { createRunFolder, freePort } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readDevJson } from './fleet/read-dev-json.ts';
import { runCli, type CliSurroundings } from './fleet/run-cli.ts';
import { sharedFleet } from './fleet/shared-fleet.ts';

// A frozen server and a frozen Postgres are in outage.test.ts, which has a fleet of its own to freeze.

const fleet = sharedFleet();
const found = z.array(
  z.object({ name: z.string(), status: z.enum(['ok', 'fail']), detail: z.string(), fix: z.string().optional() }),
);

test('doctor is content with a fleet that is well, and exits 0', async () => {
  const { code, stdout } = await runCli(['doctor', '--fleet', fleet.stateFolder]);

  expect(code).toBe(0);
  expect(stdout.split('\n').filter((line) => line !== '' && !line.startsWith('ok'))).toEqual([]);
  for (const name of ['gateway', 'key', 'data', 'devops', 'aiml', 'postgres']) expect(stdout).toContain(` ${name} `);
});

test('doctor finds a port that is taken, by whom where the system tells, and says the mend', async () => {
  await using folder = await createRunFolder();
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;

  const { code, failed } = await doctor(['--fleet', folder.path, '--port', String(port)]);
  await promisify(holder.close.bind(holder))();

  expect(code).toBe(1);
  expect(failed).toContainEqual({
    name: `port ${port}`,
    status: 'fail',
    detail: expect.stringMatching(/^wanted by (the )?gateway, in use/),
    fix: expect.stringContaining('npm start -- --port 0'),
  });
});

test('doctor finds a key file that is missing, and says the mend', async () => {
  await using folder = await createRunFolder();
  await cp(path.join(fleet.stateFolder, 'secrets'), path.join(folder.path, 'secrets'), { recursive: true });
  await rm(path.join(folder.path, 'secrets', 'pepper.key'));

  const { code, failed } = await doctor(['--fleet', folder.path]);

  expect(code).toBe(1);
  expect(failed).toContainEqual({
    name: 'secrets',
    status: 'fail',
    detail: 'secrets/pepper.key is missing',
    fix: expect.stringContaining('npm start'),
  });
});

test('doctor finds that no key is known for a gateway, and that one is not taken, and says the mends', async () => {
  await using folder = await createRunFolder();
  const { gateway } = await readDevJson(fleet.stateFolder);
  const at = (key: Readonly<Record<string, string>>): CliSurroundings => ({
    cwd: folder.path,
    env: { FAIRLEAD_URL: gateway.url, ...key },
  });

  const without = await doctor([], at({}));
  const wrong = await doctor([], at({ FAIRLEAD_KEY: `flk_${'a'.repeat(12)}_${'x'.repeat(43)}` }));

  expect(without.failed).toContainEqual(expect.objectContaining({ name: 'key', fix: 'export FAIRLEAD_KEY=flk_...' }));
  expect(wrong.failed).toContainEqual(
    expect.objectContaining({
      name: 'key',
      detail: expect.stringContaining('not known'),
      fix: expect.stringContaining('FAIRLEAD_KEY'),
    }),
  );
  expect([without.code, wrong.code]).toEqual([1, 1]);
});

test('doctor finds a gateway that does not answer, and says the mend', async () => {
  await using folder = await createRunFolder();
  const env = { FAIRLEAD_URL: `http://127.0.0.1:${await freePort()}`, FAIRLEAD_KEY: 'flk_x_y' };

  const { code, failed } = await doctor([], { cwd: folder.path, env });

  expect(code).toBe(1);
  expect(failed).toContainEqual({
    name: 'endpoint',
    status: 'fail',
    detail: `${env.FAIRLEAD_URL} does not answer`,
    fix: 'check FAIRLEAD_URL',
  });
});

test('01 §3: doctor looks at the gateway of FAIRLEAD_URL also where a local fleet runs', async () => {
  await using folder = await createRunFolder();
  await symlink(fleet.stateFolder, path.join(folder.path, '.fairlead'));
  const env = { FAIRLEAD_URL: `http://127.0.0.1:${await freePort()}`, FAIRLEAD_KEY: 'flk_x_y' };

  const { code, failed } = await doctor([], { cwd: folder.path, env });

  expect(code).toBe(1);
  expect(failed).toContainEqual(expect.objectContaining({ detail: `${env.FAIRLEAD_URL} does not answer` }));
});

interface Diagnosis {
  readonly code: number;
  readonly failed: z.infer<typeof found>;
}

async function doctor(args: readonly string[], surroundings: CliSurroundings = {}): Promise<Diagnosis> {
  const { code, stdout } = await runCli(['doctor', '--json', ...args], surroundings);
  return { code, failed: found.parse(JSON.parse(stdout)).filter(({ status }) => status === 'fail') };
}
