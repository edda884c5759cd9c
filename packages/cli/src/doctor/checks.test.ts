import { once } from 'node:events';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { createRunFolder, freePort } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { makeSecretFiles } from '../up/secret-files.ts';
import { prepareStateFolder, stateFolderAt } from '../up/state-folder.ts';
import { checkConfig } from './check-config.ts';
import { checkNode } from './check-node.ts';
import { checkPort } from './check-port.ts';
import { checkPostgres } from './check-postgres.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkService } from './check-service.ts';
import { checkStateFolder } from './check-state-folder.ts';

async function listen(server: Server): Promise<{ readonly port: number } & Disposable> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  return { port: address.port, [Symbol.dispose]: () => void server.close() };
}

test("TC-04 names the Node that runs, and whether it is the repository's own", () => {
  expect(checkNode('v24.21.0', '/repo/node_modules/.pnpm/x/bin/node', '/repo')).toMatchObject({ detail: /own$/ });
  expect(checkNode('v24.1.0', '/usr/bin/node', '/repo')).toMatchObject({ status: 'ok', detail: /not the repository/ });
  expect(checkNode('v22.0.0', '/usr/bin/node', '/repo')).toMatchObject({ status: 'fail', fix: 'npm start' });
});

test('finds a state folder that is open to others', async () => {
  await using folder = await createRunFolder();
  expect(checkStateFolder(folder.path)).toMatchObject({ status: 'ok' });
  expect(checkStateFolder(path.join(folder.path, 'new', 'state'))).toMatchObject({ status: 'ok' });

  chmodSync(folder.path, 0o755);

  expect(checkStateFolder(folder.path)).toMatchObject({ status: 'fail', fix: `chmod 700 ${folder.path}` });
});

test('finds a state folder that is no folder', async () => {
  await using folder = await createRunFolder();
  const file = path.join(folder.path, 'file');
  writeFileSync(file, '');

  expect(checkStateFolder(path.join(file, 'state'))).toMatchObject({
    status: 'fail',
    detail: `${file} cannot be written`,
  });
});

test('finds a taken port, and the process that has it where the system tells', async () => {
  using taken = await listen(createServer());

  const result = await checkPort('gateway', taken.port);

  expect(result).toMatchObject({ status: 'fail', name: `port ${taken.port}`, detail: /^wanted by gateway, in use/ });
  expect(result).toMatchObject({ fix: /npm start -- --port 0$/ });
});

test('finds nothing wrong with a free port', async () => {
  expect(await checkPort('gateway', await freePort())).toMatchObject({ status: 'ok' });
});

test('finds a Postgres that is down, and a server that is none', async () => {
  using other = await listen(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
  const port = await freePort();

  expect(await checkPostgres(`postgres://u:secret@127.0.0.1:${port}/demo`)).toEqual({
    name: 'postgres',
    status: 'fail',
    detail: `does not answer on 127.0.0.1:${port}`,
    fix: 'fairlead down && npm start',
  });
  expect(await checkPostgres(`postgres://127.0.0.1:${other.port}/demo`)).toMatchObject({ status: 'fail' });
});

test('finds a missing key, and one that others can read', async () => {
  await using folder = await createRunFolder();
  const state = prepareStateFolder(folder.path);
  expect(checkSecrets(state)).toMatchObject({ status: 'ok', detail: 'made at the first start' });

  const files = makeSecretFiles(state.secrets);
  expect(checkSecrets(state)).toMatchObject({ status: 'ok' });

  chmodSync(files.audit, 0o644);
  expect(checkSecrets(state)).toMatchObject({ status: 'fail', fix: `chmod 600 ${files.audit}` });

  rmSync(files.pepper);
  expect(checkSecrets(state)).toMatchObject({ status: 'fail', detail: 'secrets/pepper.key is missing' });
});

test('finds a service that does not answer', async () => {
  const port = await freePort();

  const result = await checkService({ name: 'data', ops: `http://127.0.0.1:${port}`, log: '/logs/data.log' });

  expect(result).toMatchObject({
    status: 'fail',
    detail: `http://127.0.0.1:${port} does not answer`,
    fix: 'tail /logs/data.log',
  });
});

test('finds an invalid config, by its line', async () => {
  await using folder = await createRunFolder();
  mkdirSync(stateFolderAt(folder.path).logs);
  const file = path.join(folder.path, 'fairlead.yaml');
  writeFileSync(file, 'apiVersion: fairlead.dev/v1\nkind: Nonsense\n');

  expect(checkConfig(file, {})).toMatchObject({ status: 'fail', detail: /fairlead\.yaml:2: kind / });

  writeFileSync(file, 'apiVersion: fairlead.dev/v1\nkind: GatewayConfig\n');
  expect(checkConfig(file, {})).toEqual({ name: 'config', status: 'ok', detail: file });
});
