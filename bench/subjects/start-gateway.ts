import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKeyStore, generateHopKey } from '@fairlead/server-kit/identity';
import { createLogger, readNodeOptions, systemClock } from '@fairlead/server-kit/runtime';
import { startProcess } from '@fairlead/testkit/parts';
import { freePort } from '@fairlead/testkit/waiting';
import type { Subject } from './subject.ts';

/** Name of the constant-reply server in the gateway's config. */
export const upstreamName = 'upstream';

const role = 'caller';
const service = new URL('../../services/gateway/', import.meta.url);

/** What a gateway is started with. */
export interface GatewayOptions {
  /** An empty or absent folder for its config, keys and audit log. */
  readonly folder: string;
  /** MCP endpoint of the one server behind it. */
  readonly upstreamUrl: string;
}

/**
 * Starts the real gateway with everything on: an API key, a role with an allow and a deny rule, one limit that matches
 * each call and never refuses, an audit line per call, and the signed identity to the server behind it.
 */
export async function startGateway({ folder, upstreamUrl }: GatewayOptions): Promise<Subject> {
  await mkdir(folder, { recursive: true });
  const pepper = randomBytes(48).toString('base64url');
  const key = await makeKey(path.join(folder, 'keys.json'), pepper);
  const configFile = path.join(folder, 'fairlead.json');
  await writeFile(configFile, JSON.stringify(gatewayConfig(upstreamUrl)));
  const ports = { mcp: await freePort(), ops: await freePort() };
  const started = await startProcess({
    command: process.execPath,
    args: [...readNodeOptions(service), fileURLToPath(new URL('dist/main.js', service))],
    cwd: folder,
    env: {
      PORT: String(ports.mcp),
      OPS_PORT: String(ports.ops),
      CONFIG_FILE: configFile,
      KEY_PEPPER: pepper,
      MASTER_KEY: randomBytes(48).toString('base64url'),
      AUDIT_KEY: randomBytes(48).toString('base64url'),
      HOP_KEY: generateHopKey(),
      DRAIN_SECONDS: '1',
    },
    readyWhen: { answers: async () => (await fetch(`http://127.0.0.1:${ports.ops}/readyz`)).ok },
  });
  return {
    name: 'gateway',
    pid: started.pid,
    url: `http://127.0.0.1:${ports.mcp}/mcp`,
    key,
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  };
}

async function makeKey(file: string, pepper: string): Promise<string> {
  const log = createLogger({ name: 'bench', level: 'silent' });
  const store = createKeyStore({ file, pepper: { reveal: () => pepper }, clock: systemClock, log });
  const { key } = await store.create({ name: 'bench', roles: [role] });
  await store.close();
  return key;
}

/** JSON is YAML, so the gateway reads it as its config file. */
function gatewayConfig(upstreamUrl: string): object {
  return {
    apiVersion: 'fairlead.dev/v1',
    kind: 'GatewayConfig',
    servers: { [upstreamName]: { url: upstreamUrl, trust: 'internal' } },
    identity: { keys: { from: { file: 'keys.json' } } },
    roles: { [role]: { allow: [`${upstreamName}:read`], deny: [`tool:${upstreamName}__delete_*`] } },
    limits: [
      {
        match: { tool: `${upstreamName}__*` },
        rate: '1000000/s',
        burst: 1_000_000,
        per: 'principal',
        concurrency: 1_000,
      },
    ],
    audit: { to: 'file', file: 'audit.jsonl' },
  };
}
