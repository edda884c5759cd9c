import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { promisify } from 'node:util';

/** One process of the host. */
export interface HostProcess {
  readonly pid: number;
  readonly parent: number;
  /** Tells a process from a later one with the same pid. */
  readonly started: string;
  readonly command: string;
}

/** All processes of the host, without those that have ended and only wait to be noticed. */
export async function listProcesses(): Promise<readonly HostProcess[]> {
  // Slim Linux images have no `ps`, macOS has no /proc.
  return existsSync('/proc/self/stat') ? await fromProc() : await fromPs();
}

async function fromProc(): Promise<readonly HostProcess[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  return (await Promise.all(pids.map(readOne))).flat();
}

/** None when the process ended while it was read. */
async function readOne(pid: string): Promise<readonly HostProcess[]> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    // The second field is the program's name in brackets and may hold spaces; then state, parent, ... the start is the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state = '', parent] = fields;
    if (state === 'Z') return [];
    const started = fields[19] ?? '';
    return [{ pid: Number(pid), parent: Number(parent), started, command: command.replaceAll('\0', ' ').trim() }];
  } catch {
    return [];
  }
}

const psRow = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/;

async function fromPs(): Promise<readonly HostProcess[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,lstart=,args='], {
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
    maxBuffer: 16 * 1024 * 1024,
  });
  return stdout.split('\n').flatMap((line) => {
    const [, pid, parent, state = '', started = '', command = ''] = psRow.exec(line) ?? [];
    if (pid === undefined || state.startsWith('Z')) return [];
    return [{ pid: Number(pid), parent: Number(parent), started, command }];
  });
}
