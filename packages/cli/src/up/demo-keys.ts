import { existsSync, readFileSync } from 'node:fs';
import { createKeyStore, type KeyStore } from '@fairlead/server-kit/identity';
import { createLogger, systemClock } from '@fairlead/server-kit/runtime';
import { demoRoles } from '@fairlead/testkit/demo';
import { z } from 'zod';
import { writeFileAtomically } from '../write-file-atomically.ts';
import type { SecretFiles } from './secret-files.ts';
import type { StateFolder } from './state-folder.ts';

/** The demo keys in clear, by role. */
export type DemoKeys = Readonly<Record<string, string>>;

const demoKeyFile = z.record(z.string(), z.string());

/**
 * Makes one key for each demo role, once: a key that the store still takes is kept, so that a connected client outlives a
 * restart. `keys.json` gets the hashes, `demo-keys.json` (mode 0600) the keys.
 */
export async function makeDemoKeys(state: StateFolder, secrets: SecretFiles): Promise<DemoKeys> {
  const pepper = readFileSync(secrets.pepper);
  const store = createKeyStore({
    file: state.keys,
    pepper: { reveal: () => pepper.toString('utf8') },
    clock: systemClock,
    log: createLogger({ name: 'cli', level: 'silent' }),
  });
  try {
    const before = readDemoKeys(state.demoKeys);
    const keys = await completeKeys(store, before);
    writeFileAtomically(state.demoKeys, `${JSON.stringify(keys, undefined, 2)}\n`, 0o600);
    return keys;
  } finally {
    await store.close();
  }
}

async function completeKeys(store: KeyStore, before: DemoKeys): Promise<DemoKeys> {
  const keys: Record<string, string> = {};
  for (const role of Object.keys(demoRoles)) {
    const kept = before[role];
    const isGood = kept !== undefined && typeof store.find(kept) === 'object';
    keys[role] = isGood ? kept : (await store.create({ name: `demo ${role}`, roles: [role] })).key;
  }
  return keys;
}

/** The keys of an earlier start. A file that cannot be read as such is replaced: its keys are made anew. */
function readDemoKeys(file: string): DemoKeys {
  if (!existsSync(file)) return {};
  return demoKeyFile.safeParse(parseJson(readFileSync(file, 'utf8'))).data ?? {};
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
