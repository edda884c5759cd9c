import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKeyStore } from '@fairlead/server-kit/identity';
import { createLogger, systemClock } from '@fairlead/server-kit/runtime';
import { startProcess } from '@fairlead/testkit/parts';
import { freePort, until, type RunFolder } from '@fairlead/testkit/waiting';
import { stringify } from 'yaml';
import { z } from 'zod';

const mainFile = fileURLToPath(new URL('../../services/gateway/src/main.ts', import.meta.url));

const createdKey = z.looseObject({ key: z.string() });

/** A server behind the gateway, as it stands in the config file. */
export interface ServerEntry {
  readonly url: string;
  readonly trust: 'internal' | 'external';
  readonly prefix?: boolean;
}

/** A gateway as its own process. */
export interface GatewayProcess extends AsyncDisposable {
  readonly url: string;
  /** Makes a key that may do everything: a principal of its own, with limits, sessions and audit lines of its own. */
  createKey(name: string): Promise<string>;
  /** Resolves when the named server is up in the gateway's catalog. */
  untilUp(server: string): Promise<void>;
  /** Resolves when the gateway has asked the named server once, whatever it said. */
  untilSeen(server: string): Promise<void>;
}

/** Ports of a gateway, known before it starts, so that a backend can trust its keys. */
export interface GatewayPlan {
  readonly port: number;
  readonly opsPort: number;
  readonly jwksUrl: string;
}

/** Chooses the ports. */
export async function planGateway(): Promise<GatewayPlan> {
  const port = await freePort();
  return { port, opsPort: await freePort(), jwksUrl: `http://127.0.0.1:${port}/.well-known/jwks.json` };
}

/** Starts the gateway in front of the given servers. */
export async function startGateway(
  plan: GatewayPlan,
  servers: Readonly<Record<string, ServerEntry>>,
  folder: RunFolder,
): Promise<GatewayProcess> {
  const pepper = randomBytes(48).toString('base64');
  const keyFile = join(folder.path, 'keys.json');
  const store = createKeyStore({
    file: keyFile,
    pepper: Buffer.from(pepper),
    clock: systemClock,
    log: createLogger({ name: 'test', level: 'silent' }),
  });
  const { key } = await store.create({ name: 'suite', roles: ['suite'] });
  await store.close();
  const configFile = join(folder.path, 'fairlead.yaml');
  await writeFile(configFile, configText(servers));
  const gateway = await startProcess({
    command: process.execPath,
    args: ['--conditions=@fairlead/source', mainFile],
    env: environment({ plan, pepper, configFile }),
    readyWhen: { answers: async () => (await fetch(`http://127.0.0.1:${plan.opsPort}/readyz`)).ok },
  });
  const url = `http://127.0.0.1:${plan.port}`;
  return {
    url,
    createKey: (name) => createKey(url, key, name),
    untilUp: (server) => untilState({ url, key }, server, (state) => state === 'up'),
    untilSeen: (server) => untilState({ url, key }, server, (state) => state !== 'starting'),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  };
}

function configText(servers: Readonly<Record<string, ServerEntry>>): string {
  return stringify({
    apiVersion: 'fairlead.dev/v1',
    kind: 'GatewayConfig',
    servers,
    identity: { keys: { from: { file: 'keys.json' } } },
    roles: { suite: { allow: ['*'] } },
    limits: [{ match: { role: 'suite' }, rate: '100000/s', concurrency: 64 }],
    audit: { to: 'file', file: 'audit.jsonl' },
  });
}

function environment({
  plan,
  pepper,
  configFile,
}: {
  plan: GatewayPlan;
  pepper: string;
  configFile: string;
}): Record<string, string> {
  const hopKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
  return {
    // What the test run compiled once (scripts/test-runner): a whole run starts a dozen gateways.
    NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
    PORT: String(plan.port),
    OPS_PORT: String(plan.opsPort),
    CONFIG_FILE: configFile,
    KEY_PEPPER: pepper,
    MASTER_KEY: randomBytes(48).toString('base64'),
    AUDIT_KEY: randomBytes(48).toString('base64'),
    HOP_KEY: String(hopKey),
    LOG_LEVEL: 'warn',
  };
}

async function createKey(url: string, adminKey: string, name: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, roles: ['suite'] }),
  });
  return createdKey.parse(await response.json()).key;
}

async function untilState(
  gateway: { readonly url: string; readonly key: string },
  server: string,
  isReached: (state: unknown) => boolean,
): Promise<void> {
  const headers = { authorization: `Bearer ${gateway.key}` };
  await until(
    async (): Promise<boolean> => {
      const response = await fetch(`${gateway.url}/api/v1/servers/${server}`, { headers });
      const body: unknown = await response.json();
      return typeof body === 'object' && body !== null && isReached(Reflect.get(body, 'state'));
    },
    { withinMs: 15_000, what: `server ${server} is up` },
  );
}
