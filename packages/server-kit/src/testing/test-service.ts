import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RoleConfig } from '@fairlead/contracts';
import { stringify } from 'yaml';
import type { ServiceDefinition } from '../define/service.ts';
import { createKeyStore } from '../identity/file-key-store.ts';
import type { RawSurface } from '../mcp/raw-surface.ts';
import { systemClock, type Clock } from '../runtime/clock.ts';
import type { ConfigDefinition } from '../runtime/config.ts';
import { createLifecycle, type OwnedLifecycle } from '../runtime/lifecycle.ts';
import { loadConfig, type Environment } from '../runtime/load-config.ts';
import { createLogger, type LogLevel } from '../runtime/logger.ts';
import { serviceSettings } from '../run/service-settings.ts';
import { startService, type RunningService } from '../run/start-service.ts';

/** How a test service differs from one that runs alone. */
export interface TestServiceOptions {
  /** One API key is made for each role. Default: one role `admin` that may do everything. */
  readonly roles?: Readonly<Record<string, RoleConfig>>;
  /** The service's own settings. */
  readonly environment?: Environment;
  readonly clock?: Clock;
  readonly logLevel?: LogLevel;
  readonly raw?: RawSurface;
}

/** A service that listens on free ports with its own identity file. */
export interface TestService extends AsyncDisposable {
  readonly mcpUrl: string;
  readonly opsUrl: string;
  /** API keys by role. */
  readonly keys: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

/** Starts the real service as it runs alone: real sockets, API keys from a file, everything on loopback. */
export async function startTestService<Deps, Settings extends ConfigDefinition>(
  service: ServiceDefinition<Deps, Settings>,
  options: TestServiceOptions = {},
): Promise<TestService> {
  const { roles = { admin: { allow: ['*'], deny: [] } }, clock = systemClock } = options;
  const folder = await mkdtemp(join(tmpdir(), 'fairlead-test-service-'));
  const pepper = randomBytes(48).toString('base64');
  const log = createLogger({ name: service.name, level: options.logLevel ?? 'silent' });
  const keys = await createKeys(join(folder, 'keys.json'), { pepper, roles, log });
  await writeFile(
    join(folder, 'identity.yaml'),
    stringify({ identity: { keys: { from: { file: 'keys.json' } } }, roles }),
  );
  const lifecycle = createLifecycle({ log, clock });
  lifecycle.onStop('test folder', () => rm(folder, { recursive: true, force: true }));
  const environment = {
    IDENTITY_FILE: join(folder, 'identity.yaml'),
    KEY_PEPPER: pepper,
    PORT: '0',
    OPS_PORT: '0',
    ...options.environment,
  };
  const running = await startOrStop(lifecycle, async () => {
    const config = loadConfig(serviceSettings(service), environment);
    return startService(service, { config, log, lifecycle, clock, raw: options.raw });
  });
  return {
    mcpUrl: running.mcpUrl,
    opsUrl: running.opsUrl,
    keys,
    stop: running.stop,
    [Symbol.asyncDispose]: running.stop,
  };
}

/** A start that fails leaves nothing behind: no port, no folder. */
async function startOrStop(lifecycle: OwnedLifecycle, start: () => Promise<RunningService>): Promise<RunningService> {
  try {
    return await start();
  } catch (error) {
    await lifecycle.stop('start failed', 2_000);
    throw error;
  }
}

async function createKeys(
  file: string,
  options: { pepper: string; roles: Readonly<Record<string, RoleConfig>>; log: ReturnType<typeof createLogger> },
): Promise<Record<string, string>> {
  const store = createKeyStore({ file, pepper: Buffer.from(options.pepper), clock: systemClock, log: options.log });
  const made: Record<string, string> = {};
  for (const role of Object.keys(options.roles)) made[role] = (await store.create({ name: role, roles: [role] })).key;
  await store.close();
  return made;
}
