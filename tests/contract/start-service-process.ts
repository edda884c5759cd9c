import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RoleConfig } from '@fairlead/contracts';
import { createKeyStore } from '@fairlead/server-kit/identity';
import { createLogger, systemClock } from '@fairlead/server-kit/runtime';
import { startProcess, type StartedProcess } from '@fairlead/testkit/parts';
import { createRunFolder, freePort } from '@fairlead/testkit/waiting';
import { stringify } from 'yaml';

/** A service as its own process, as it runs without a gateway. */
export interface ServiceProcess extends AsyncDisposable {
  readonly mcpUrl: string;
  /** API keys by role. */
  readonly keys: Readonly<Record<string, string>>;
}

/** Starts the main file of a service (path from the repository's root) with an identity file of its own. */
export async function startServiceProcess(
  mainFile: string,
  options: { roles: Readonly<Record<string, RoleConfig>>; environment: Readonly<Record<string, string>> },
): Promise<ServiceProcess> {
  const folder = await createRunFolder();
  const pepper = randomBytes(48).toString('base64');
  const keys = await createKeys(join(folder.path, 'keys.json'), pepper, Object.keys(options.roles));
  const identityFile = join(folder.path, 'identity.yaml');
  await writeFile(
    identityFile,
    stringify({ identity: { keys: { from: { file: 'keys.json' } } }, roles: options.roles }),
  );
  const [port, opsPort] = [await freePort(), await freePort()];
  const service: StartedProcess = await startProcess({
    command: process.execPath,
    args: ['--conditions=@fairlead/source', fileURLToPath(new URL(`../../${mainFile}`, import.meta.url))],
    cwd: folder.path,
    env: {
      PORT: String(port),
      OPS_PORT: String(opsPort),
      IDENTITY_FILE: identityFile,
      KEY_PEPPER: pepper,
      LOG_LEVEL: 'warn',
      ...options.environment,
    },
    readyWhen: { answers: async () => (await fetch(`http://127.0.0.1:${opsPort}/readyz`)).ok },
  });
  return {
    mcpUrl: `http://127.0.0.1:${port}/mcp`,
    keys,
    async [Symbol.asyncDispose]() {
      await service.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function createKeys(file: string, pepper: string, roles: readonly string[]): Promise<Record<string, string>> {
  const log = createLogger({ name: 'test', level: 'silent' });
  const store = createKeyStore({ file, pepper: Buffer.from(pepper), clock: systemClock, log });
  const keys: Record<string, string> = {};
  for (const role of roles) keys[role] = (await store.create({ name: role, roles: [role] })).key;
  await store.close();
  return keys;
}
