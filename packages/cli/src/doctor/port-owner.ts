import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process that listens on a port. */
export interface PortOwner {
  readonly pid: number;
  /** The beginning of its command line. */
  readonly command: string;
}

const listening = '0A';
const commandCharactersMax = 80;

/**
 * The process that listens on a TCP port, where the system tells: Linux shows the sockets of our own processes, and root
 * those of all.
 */
export function findPortOwner(port: number): PortOwner | undefined {
  const sockets = new Set(listeningInodes(port).map((inode) => `socket:[${inode}]`));
  if (sockets.size === 0) return undefined;
  const pid = listNames('/proc').find((name) => /^\d+$/.test(name) && holdsOne(name, sockets));
  return pid === undefined ? undefined : { pid: Number(pid), command: commandLine(pid) };
}

function commandLine(pid: string): string {
  return readText(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim().slice(0, commandCharactersMax);
}

function listeningInodes(port: number): readonly string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readText(file).split('\n').slice(1));
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === listening)
    .map((fields) => fields[9] ?? '');
}

function holdsOne(pid: string, sockets: ReadonlySet<string>): boolean {
  return listNames(`/proc/${pid}/fd`).some((handle) => sockets.has(readLink(`/proc/${pid}/fd/${handle}`)));
}

// Processes and handles come and go while they are read, and other users' are closed to us: both read as nothing.
function listNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function readLink(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
