import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import { isProcessAlive } from '../is-process-alive.ts';

/** Who holds a state folder. `started` tells a process from a later one with the same pid, as a container's first has. */
const lockFile = z.strictObject({ pid: z.int(), started: z.string() });
export type FleetLockOwner = z.infer<typeof lockFile>;

/** A held state folder; it is free again when the scope ends. */
export interface FleetLock extends Disposable {
  readonly owner: FleetLockOwner;
}

/**
 * Takes the lock of a state folder for this process. The lock of a process that is gone is taken over.
 *
 * @throws CliError (usage) naming the pid of the running fleet that holds it.
 */
export function takeFleetLock(file: string): FleetLock {
  const owner = { pid: process.pid, started: processStart(process.pid) };
  if (!tryWrite(file, owner)) {
    const holder = lockOwner(file);
    if (holder !== undefined) throw inUse(file, holder.pid);
    rmSync(file, { force: true });
    if (!tryWrite(file, owner)) throw inUse(file, lockOwner(file)?.pid);
  }
  return { owner, [Symbol.dispose]: () => rmSync(file, { force: true }) };
}

/** The running process that holds a lock; nothing when there is no lock or its process is gone. */
export function lockOwner(file: string): FleetLockOwner | undefined {
  if (!existsSync(file)) return undefined;
  const owner = lockFile.safeParse(parseJson(readFileSync(file, 'utf8')));
  if (!owner.success || !isProcessAlive(owner.data.pid)) return undefined;
  return processStart(owner.data.pid) === owner.data.started ? owner.data : undefined;
}

function tryWrite(file: string, owner: FleetLockOwner): boolean {
  try {
    writeFileSync(file, JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** When a process started, in ticks since boot. Empty where there is no /proc: there the pid alone has to do. */
function processStart(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces; the start is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function inUse(file: string, pid: number | undefined): CliError {
  const folder = file.slice(0, file.lastIndexOf('/'));
  return new CliError(exitCode.usage, `the state folder ${folder} is in use by process ${pid ?? 'unknown'}.`, {
    fix: `fairlead down --fleet ${folder}`,
  });
}
