import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach } from 'vitest';

// A setup file of vitest (09 V-92): it runs before each test file, in the process of that file, and registers its hooks
// first, so that they run last.

/** Kinds of handles, as Node names them, that a test file must have closed when it ends, and what to call them. */
const watched: ReadonlyMap<string, string> = new Map([
  ['ProcessWrap', 'a child process'],
  ['TCPServerWrap', 'a listening port'],
  ['PipeServerWrap', 'a listening socket file'],
  ['Timeout', 'a timer'],
]);

/** Closing takes a moment: a port is free some turns of the event loop after `close`. */
const settleWithinMs = 2_000;

const consoleMethods = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'table', 'dir'] as const;

const openBefore = countOpen();
const childrenBefore = new Set(childPids());
const printed: string[] = [];

watchConsole();

afterEach(() => refuse('a test prints nothing: pass a logger that collects', printed.splice(0)));

afterAll(async () => {
  await settle();
  refuse('a test file leaves nothing open', leaks());
  refuse('hooks print nothing', printed);
});

/** Not `until`: its own timer would be one of the handles that are counted. */
async function settle(): Promise<void> {
  const deadlineMs = performance.now() + settleWithinMs;
  while (leaks().length > 0 && performance.now() < deadlineMs) await delay(10);
}

function refuse(rule: string, found: readonly string[]): void {
  if (found.length > 0) throw new Error(`${rule}; found: ${found.join('; ')}`);
}

function leaks(): readonly string[] {
  const open = countOpen();
  const handles = Array.from(watched, ([kind, name]) => {
    const more = (open.get(kind) ?? 0) - (openBefore.get(kind) ?? 0);
    return more > 0 ? [`${more} x ${name}`] : [];
  }).flat();
  const children = childPids().filter((pid) => !childrenBefore.has(pid));
  return [...handles, ...children.map((pid) => `process ${pid}: ${commandOf(pid)}`)];
}

function countOpen(): ReadonlyMap<string, number> {
  const kinds = process.getActiveResourcesInfo();
  return new Map(Array.from(watched.keys(), (kind) => [kind, kinds.filter((found) => found === kind).length]));
}

/** Children of this process, also those that do not keep it alive; none where the system has no /proc. */
function childPids(): readonly number[] {
  try {
    return readdirSync('/proc/self/task').flatMap((task) =>
      readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return [];
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return 'ended';
  }
}

function watchConsole(): void {
  for (const method of consoleMethods) {
    Reflect.set(console, method, (...values: readonly unknown[]) =>
      printed.push(`${method}: ${values.map(String).join(' ')}`),
    );
  }
}
