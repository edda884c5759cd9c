import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKeyStore } from '@fairlead/server-kit/identity';
import { createLogger, systemClock } from '@fairlead/server-kit/runtime';
import { startProcess, type StartedProcess } from '@fairlead/testkit/parts';
import { freePort, until } from '@fairlead/testkit/waiting';
import { stringify } from 'yaml';

const mainFile = fileURLToPath(new URL('../../../../services/gateway/src/main.ts', import.meta.url));

/** A real gateway in front of one server called `everything`, which can be killed and started again at its address. */
export interface TestGateway {
  readonly url: string;
  readonly key: string;
  /** Starts it, and waits until the server is in its catalog. */
  start(): Promise<StartedProcess>;
}

/** Writes the gateway's files into a folder and chooses its ports. */
export async function planTestGateway(folder: string, serverUrl: string): Promise<TestGateway> {
  const [port, opsPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const pepper = randomBytes(48).toString('base64');
  const key = await makeKey(path.join(folder, 'keys.json'), pepper);
  const configFile = path.join(folder, 'fairlead.yaml');
  await writeFile(configFile, configText(serverUrl));
  const hopKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  const env = {
    PORT: String(port),
    OPS_PORT: String(opsPort),
    CONFIG_FILE: configFile,
    KEY_PEPPER: pepper,
    MASTER_KEY: randomBytes(48).toString('base64'),
    AUDIT_KEY: randomBytes(48).toString('base64'),
    HOP_KEY: String(hopKey),
    LOG_LEVEL: 'warn',
  };
  return {
    url,
    key,
    async start() {
      const started = await startProcess({
        command: process.execPath,
        args: ['--conditions=@fairlead/source', mainFile],
        env,
        readyWhen: { answers: async () => (await fetch(`http://127.0.0.1:${opsPort}/readyz`)).ok },
      });
      await until(() => isServerUp(url, key), { withinMs: 20_000, what: 'the server to be in the catalog' });
      return started;
    },
  };
}

async function makeKey(file: string, pepper: string): Promise<string> {
  const log = createLogger({ name: 'test', level: 'silent' });
  const store = createKeyStore({ file, pepper: Buffer.from(pepper), clock: systemClock, log });
  const { key } = await store.create({ name: 'test', roles: ['all'] });
  await store.close();
  return key;
}

function configText(serverUrl: string): string {
  return stringify({
    apiVersion: 'fairlead.dev/v1',
    kind: 'GatewayConfig',
    servers: { everything: { url: serverUrl } },
    identity: { keys: { from: { file: 'keys.json' } } },
    roles: { all: { allow: ['*'] } },
    audit: { to: 'file', file: 'audit.jsonl' },
  });
}

async function isServerUp(url: string, key: string): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/servers/everything`, { headers: { authorization: `Bearer ${key}` } });
  const body: unknown = await response.json();
  return typeof body === 'object' && body !== null && Reflect.get(body, 'state') === 'up';
}
