import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gatewayConfig, type GatewayConfig } from '@fairlead/contracts';
import { createKeyStore, generateHopKey } from '@fairlead/server-kit/identity';
import { createLogger, systemClock } from '@fairlead/server-kit/runtime';
import { parse, stringify } from 'yaml';

/** What a gateway starts from. */
export interface GatewayFolder {
  readonly environment: Readonly<Record<string, string>>;
  /** One API key for each role of the config. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Reads the config that all learning servers share. */
export async function readExamplesConfig(): Promise<GatewayConfig> {
  return gatewayConfig.parse(parse(await readFile(path.join(import.meta.dirname, '../../fairlead.yaml'), 'utf8')));
}

/** Writes what a gateway needs into a folder: its config with the servers at other ports, its secrets, and API keys. */
export async function makeGatewayFolder(
  folder: string,
  ports: Readonly<Record<string, number>>,
): Promise<GatewayFolder> {
  const config = await readExamplesConfig();
  const servers = Object.fromEntries(
    Object.entries(config.servers).map(([name, server]) => [
      name,
      { ...server, url: `http://127.0.0.1:${ports[name]}/mcp` },
    ]),
  );
  const configFile = path.join(folder, 'fairlead.yaml');
  await writeFile(configFile, stringify({ ...config, servers, identity: { keys: { from: { file: 'keys.json' } } } }));
  const pepper = newSecret();
  const environment = {
    CONFIG_FILE: configFile,
    KEY_PEPPER: pepper,
    MASTER_KEY: newSecret(),
    AUDIT_KEY: newSecret(),
    HOP_KEY: generateHopKey(),
  };
  return { environment, keys: await makeKeys(path.join(folder, 'keys.json'), pepper, Object.keys(config.roles)) };
}

async function makeKeys(file: string, pepper: string, roles: readonly string[]): Promise<Record<string, string>> {
  const log = createLogger({ name: 'learning-servers', level: 'warn' });
  const store = createKeyStore({ file, pepper: Buffer.from(pepper), clock: systemClock, log });
  const keys: Record<string, string> = {};
  for (const role of roles) keys[role] = (await store.create({ name: role, roles: [role] })).key;
  await store.close();
  return keys;
}

function newSecret(): string {
  return randomBytes(48).toString('base64');
}
