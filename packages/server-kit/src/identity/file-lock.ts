import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../runtime/clock.ts';
import { Unavailable } from '../runtime/errors/errors.ts';
import { hasErrorCode } from './has-error-code.ts';

/** A lock that is held. */
export interface FileLock {
  /** @throws Unavailable with code KEY_FILE_LOCKED when another process took the lock over, since it had become stale. */
  assertHeld(): Promise<void>;
}

const staleMs = 10_000;
const retryMs = 20;
/** Longer than `staleMs`, so that a lock left by a dead process delays the next one and does not stop it. */
const waitMsMax = 15_000;

/**
 * Runs an action while holding `<path>.lock`, which one process at a time can make. A lock older than 10 s was left by a
 * process that died, and is taken over.
 *
 * @throws Unavailable with code KEY_FILE_LOCKED after 15 s of waiting; what the action throws.
 */
export async function withFileLock<Result>(
  path: string,
  clock: Clock,
  action: (lock: FileLock) => Promise<Result>,
): Promise<Result> {
  const lockPath = `${path}.lock`;
  const owner = randomUUID();
  await acquire({ lockPath, owner, clock });
  try {
    return await action({ assertHeld: () => assertHeld(lockPath, owner) });
  } finally {
    if (await isOwnedBy(lockPath, owner)) await rm(lockPath, { force: true });
  }
}

interface LockRequest {
  readonly lockPath: string;
  readonly owner: string;
  readonly clock: Clock;
}

async function acquire(request: LockRequest): Promise<void> {
  const giveUpAtMs = request.clock.monotonicMs() + waitMsMax;
  while (!(await tryCreate(request))) {
    if (request.clock.monotonicMs() >= giveUpAtMs) throw locked();
    await removeIfStale(request);
    // Not the clock's: its timers let a process end, and a command may have nothing else to do but wait here.
    await pause(retryMs);
  }
}

async function tryCreate({ lockPath, owner }: LockRequest): Promise<boolean> {
  try {
    await using file = await open(lockPath, 'wx', 0o600);
    await file.writeFile(owner, 'utf8');
    return true;
  } catch (error) {
    if (hasErrorCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Moving instead of deleting lets one of several waiting processes win. If a new lock came between look and move, its
 * holder notices by `assertHeld` before it writes.
 */
async function removeIfStale({ lockPath, owner, clock }: LockRequest): Promise<void> {
  const aside = `${lockPath}.${owner}`;
  try {
    const { mtimeMs } = await stat(lockPath);
    if (clock.now().getTime() - mtimeMs < staleMs) return;
    await rename(lockPath, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if (!hasErrorCode(error, 'ENOENT')) throw error;
  }
}

async function assertHeld(lockPath: string, owner: string): Promise<void> {
  if (!(await isOwnedBy(lockPath, owner))) throw locked();
}

async function isOwnedBy(lockPath: string, owner: string): Promise<boolean> {
  try {
    return (await readFile(lockPath, 'utf8')) === owner;
  } catch (error) {
    if (hasErrorCode(error, 'ENOENT')) return false;
    throw error;
  }
}

function locked(): Unavailable {
  return new Unavailable('KEY_FILE_LOCKED', {
    publicMessage: 'Another process is changing the key file. Try again.',
  });
}
