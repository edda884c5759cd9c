import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { createInterface } from 'node:readline';
import type { TestProject } from 'vitest/node';

// No import of ours here: vitest loads this file without the resolve conditions of the project.

/** One server per run, however many projects of a workspace name this file: each loads a copy of this module. */
interface SharedServer {
  readonly started: Promise<DatabaseServer>;
  users: number;
}

interface DatabaseServer {
  readonly url: string;
  stop(): Promise<void>;
}

const sharedKey = Symbol.for('fairlead.test-database-server');

/**
 * A `globalSetup` of vitest: lets test files make databases by `createTestDatabase`. Answers its teardown.
 *
 * In a package's `vitest.config.ts`: `globalSetup: ['@fairlead/testkit/vitest/postgres-setup']`.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = sharedServer();
  shared.users += 1;
  const server = await shared.started;
  project.provide('testDatabaseServer', server.url);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    Reflect.deleteProperty(globalThis, sharedKey);
    await server.stop();
  };
}

function sharedServer(): SharedServer {
  const found: unknown = Reflect.get(globalThis, sharedKey);
  if (isSharedServer(found)) return found;
  const made = { started: startServer(), users: 0 };
  Reflect.set(globalThis, sharedKey, made);
  return made;
}

function isSharedServer(value: unknown): value is SharedServer {
  return typeof value === 'object' && value !== null && 'started' in value && 'users' in value;
}

async function startServer(): Promise<DatabaseServer> {
  const script = join(import.meta.dirname, 'serve-test-databases.ts');
  const child = spawn(process.execPath, ['--conditions=@fairlead/source', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Ctrl-C reaches us only; the server ends when its input ends.
    detached: true,
  });
  const ended = once(child, 'exit');
  return {
    url: await firstLine(child, ended),
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

async function firstLine(
  child: ChildProcessByStdio<Writable, Readable, null>,
  ended: Promise<unknown>,
): Promise<string> {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await Promise.race([lines.next(), ended.then(() => undefined)]);
  if (first === undefined || first.done === true) throw new Error('the server of the test databases did not start');
  return first.value;
}
