import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { ProcessOptions } from '../start-process.ts';

/**
 * As whom Postgres runs. It refuses user 0.
 *
 * - `own`: as the user of this process.
 * - `namespace`: we are root; in a user namespace in which root is called 65534. Files stay root's, nothing on the host changes.
 * - `other-user`: we are root and namespaces are refused, as containers often do; as user 65534, who needs folders of its own.
 */
export type PostgresAccount = 'own' | 'namespace' | 'other-user';

/** User and group `nobody`, which own nothing. */
export const nobody = { uid: 65_534, gid: 65_534 } as const;

const namespaceCommand = ['unshare', '--user', `--map-user=${nobody.uid}`, `--map-group=${nobody.gid}`] as const;

/** The environment of all Postgres programs: messages and times do not depend on the host's settings. */
const postgresEnvironment = {
  PATH: '/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin',
  LC_ALL: 'C',
  TZ: 'UTC',
} as const;

/** Finds out as whom Postgres can run here. A namespace is tried, not guessed from the kind of system. */
export async function choosePostgresAccount(): Promise<PostgresAccount> {
  if (process.getuid?.() !== 0) return 'own';
  const [command, ...options] = namespaceCommand;
  try {
    await promisify(execFile)(command, [...options, 'true'], { env: postgresEnvironment, timeout: 5_000 });
    return 'namespace';
  } catch {
    // Not there or refused, for whatever reason: the other way needs neither.
    return 'other-user';
  }
}

/** The command line, user and environment that run a Postgres program as `account`. */
export function runAsAccount(
  account: PostgresAccount,
  program: readonly [string, ...string[]],
): Pick<ProcessOptions, 'command' | 'args' | 'env' | 'runAs'> {
  const [command, ...args] = account === 'namespace' ? ([...namespaceCommand, ...program] as const) : program;
  return { command, args, env: postgresEnvironment, ...(account === 'other-user' ? { runAs: nobody } : {}) };
}
