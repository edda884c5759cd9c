import { chown, mkdir, rename, rm, stat } from 'node:fs/promises';
import { Unavailable } from '@fairlead/server-kit/runtime';
import { startProcess } from '../start-process.ts';
import { nobody, runAsAccount, type PostgresAccount } from './postgres-account.ts';
import { postgresProgram } from './postgres-binaries.ts';
import type { PostgresHome } from './postgres-home.ts';

/** For whom the cluster is made, and whether it must survive a crash of the machine. */
export interface InitClusterOptions {
  readonly account: PostgresAccount;
  readonly durable: boolean;
}

/**
 * Makes the cluster of a home unless it is there: UTF-8, locale C, passwords by SCRAM, administrator `postgres`. The
 * folder gets its name last, so that an interrupted making is begun anew instead of taken for a cluster.
 *
 * @throws Unavailable `PART_START_FAILED` with the output of `initdb`.
 */
export async function initCluster(home: PostgresHome, { account, durable }: InitClusterOptions): Promise<void> {
  if (await isThere(home.dataFolder)) return;
  const part = `${home.dataFolder}.part`;
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { mode: 0o700 });
  if (account === 'other-user') await chown(part, nobody.uid, nobody.gid);
  await runInitdb(part, { home, account, durable });
  await rename(part, home.dataFolder);
}

interface InitdbParts extends InitClusterOptions {
  readonly home: PostgresHome;
}

async function runInitdb(dataFolder: string, { home, account, durable }: InitdbParts): Promise<void> {
  const args = [
    `--pgdata=${dataFolder}`,
    '--username=postgres',
    `--pwfile=${home.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // The built-in provider sorts and folds the same on every host; the system's locales do not.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ];
  await using initdb = await startProcess(runAsAccount(account, [postgresProgram(home.binaries, 'initdb'), ...args]));
  const exit = await initdb.exited;
  if (exit.code === 0) return;
  throw new Unavailable('PART_START_FAILED', {
    publicMessage: `The Postgres cluster could not be made in ${dataFolder}:\n${initdb.recentOutput().slice(-10).join('\n')}`,
  });
}

async function isThere(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  return found?.isDirectory() ?? false;
}
