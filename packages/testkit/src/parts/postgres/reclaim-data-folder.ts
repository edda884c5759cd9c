import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Conflict } from '@fairlead/server-kit/runtime';
import { until } from '../../waiting/until.ts';

/** After the death of a supervisor its Postgres ends within 5 s; a start in that time waits. */
const lastOwnerEndsWithinMs = 6_000;

/**
 * Removes the lock that a killed Postgres left in its data folder. Only a lock whose process is gone, or is another
 * program that got the same pid, is removed: two servers on one folder destroy it.
 *
 * @throws Conflict `PART_FOLDER_IN_USE`, with the pid in `details`, when a Postgres runs on the folder.
 */
export async function reclaimDataFolder(dataFolder: string): Promise<void> {
  const lockFile = join(dataFolder, 'postmaster.pid');
  const holder = await readHolder(lockFile);
  if (holder === undefined) return;
  await until(async () => !(await isPostgresOn(holder, dataFolder)), {
    withinMs: lastOwnerEndsWithinMs,
    what: `process ${holder} to leave ${dataFolder}`,
  }).catch((cause: unknown) => {
    throw new Conflict('PART_FOLDER_IN_USE', {
      publicMessage: `Another Postgres (process ${holder}) uses ${dataFolder}. Stop it first, or name another folder.`,
      details: { pid: holder },
      retryable: true,
      cause,
    });
  });
  await rm(lockFile, { force: true });
}

async function readHolder(lockFile: string): Promise<number | undefined> {
  const text = await readFile(lockFile, 'utf8').catch(() => '');
  const pid = Number(text.split('\n', 1)[0]);
  return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}

async function isPostgresOn(pid: number, dataFolder: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // No such process. A process of another user (EPERM) is alive.
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
  }
  // Without /proc (macOS) a living pid must be believed.
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => dataFolder);
  return commandLine.split('\0').includes(dataFolder);
}
