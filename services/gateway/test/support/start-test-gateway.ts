import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditEvent, type AuditEvent } from '@fairlead/contracts';
import { createKeyStore, generateHopKey } from '@fairlead/server-kit/identity';
import { createLifecycle, createLogger, loadConfig, systemClock } from '@fairlead/server-kit/runtime';
import { until } from '@fairlead/testkit/waiting';
import { config as settings } from '../../src/config.ts';
import { startGateway } from '../../src/service.ts';

/** What a test gateway serves. Config parts are written as they stand in `fairlead.yaml`. */
export interface TestGatewayOptions {
  readonly servers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** One API key is made for each role. Default: one role `admin` that may do everything. */
  readonly roles?: Readonly<Record<string, { readonly allow?: readonly string[]; readonly deny?: readonly string[] }>>;
  readonly limits?: readonly unknown[];
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: a free one. */
  readonly port?: number;
}

/** A gateway in this process, on real sockets and a real audit file. */
export interface TestGateway extends AsyncDisposable {
  readonly url: string;
  readonly mcp: string;
  readonly opsUrl: string;
  /** Folder of the config and the audit file. */
  readonly folder: string;
  /** API keys by role. */
  readonly keys: Readonly<Record<string, string>>;
  /** Headers with the key of a role. */
  as(role: string): { readonly authorization: string };
  /** Waits for a record that fits, and answers the newest one. */
  auditRecord(fits: (event: AuditEvent) => boolean): Promise<AuditEvent>;
  /** Writes the config with other parts; what is not given stays as it was at the start. */
  writeConfig(changed: Readonly<Record<string, unknown>>): Promise<void>;
  /** Writes the config and asks the admin API to put it in force. */
  reload(changed: Readonly<Record<string, unknown>>): Promise<Response>;
  /** Text of the audit file. */
  auditText(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the real gateway with a config, keys and secrets of its own. */
export async function startTestGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const { servers = {}, roles = { admin: { allow: ['*'] } }, limits = [] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-gateway-'));
  const pepper = secret();
  const log = createLogger({ name: 'gateway', level: 'silent' });
  const keys = await createKeys(join(folder, 'keys.json'), pepper, Object.keys(roles));
  const config = {
    apiVersion: 'fairlead.dev/v1',
    kind: 'GatewayConfig',
    servers,
    identity: { keys: { from: { file: 'keys.json' } } },
    roles,
    limits,
    audit: { to: 'file', file: 'audit.jsonl' },
  };
  // YAML reads JSON.
  const writeConfig = (changed: object): Promise<void> =>
    writeFile(join(folder, 'fairlead.yaml'), JSON.stringify({ ...config, ...changed }));
  await writeConfig({});
  const lifecycle = createLifecycle({ log, clock: systemClock });
  lifecycle.onStop('test folder', () => rm(folder, { recursive: true, force: true }));
  const environment = {
    PORT: String(options.port ?? 0),
    OPS_PORT: '0',
    CONFIG_FILE: join(folder, 'fairlead.yaml'),
    KEY_PEPPER: pepper,
    MASTER_KEY: secret(),
    AUDIT_KEY: secret(),
    HOP_KEY: generateHopKey(),
    DRAIN_SECONDS: '2',
    ...options.environment,
  };
  const running = await startGateway({ settings: loadConfig(settings, environment), environment, log, lifecycle });
  const auditText = (): Promise<string> => readFile(join(folder, 'audit.jsonl'), 'utf8');
  const as = (role: string): { authorization: string } => ({ authorization: `Bearer ${keys[role] ?? ''}` });
  return {
    url: running.url,
    mcp: `${running.url}/mcp`,
    opsUrl: running.opsUrl,
    folder,
    keys,
    as,
    writeConfig,
    async reload(changed) {
      await writeConfig(changed);
      return fetch(`${running.url}/api/v1/config/reload`, { method: 'POST', headers: as('admin') });
    },
    auditRecord: (fits) =>
      until(async () => parseRecords(await auditText()).findLast(fits), { withinMs: 5_000, what: 'an audit record' }),
    auditText,
    stop: () => running.stop(),
    [Symbol.asyncDispose]: () => running.stop(),
  };
}

function secret(): string {
  return randomBytes(48).toString('base64');
}

function parseRecords(text: string): readonly AuditEvent[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => auditEvent.parse(JSON.parse(line)));
}

async function createKeys(file: string, pepper: string, roles: readonly string[]): Promise<Record<string, string>> {
  const log = createLogger({ name: 'keys', level: 'silent' });
  const store = createKeyStore({ file, pepper: Buffer.from(pepper), clock: systemClock, log });
  const keys: Record<string, string> = {};
  for (const role of roles) keys[role] = (await store.create({ name: `${role} key`, roles: [role] })).key;
  await store.close();
  return keys;
}
