import { z } from 'zod';
import { inject } from 'vitest';
import type { DemoDatabase } from '../demo/install-demo-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the server that makes test databases, given by `postgres-setup`. */
    testDatabaseServer: string;
  }
}

/** A database of one test file: a copy of the demo, dropped when its scope ends. */
export interface TestDatabase extends DemoDatabase, AsyncDisposable {}

const answered = z.object({
  name: z.string(),
  adminUrl: z.string(),
  readOnlyUrl: z.string(),
  readWriteUrl: z.string(),
  migrateUrl: z.string(),
});

/**
 * Makes a copy of the demo database (50 ms; the first one of a run starts Postgres, 4 s). Roles are shared by the cluster:
 * a test that changes roles or server settings starts a cluster of its own (09 V-21).
 *
 * @throws Error when the vitest config does not name `@fairlead/testkit/vitest/postgres-setup`.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('testDatabaseServer');
  if (server === undefined) {
    throw new Error(
      'add globalSetup: ["@fairlead/testkit/vitest/postgres-setup"] to the vitest config of this package',
    );
  }
  const database = answered.parse(JSON.parse(await ask(server, 'POST')));
  return {
    ...database,
    async [Symbol.asyncDispose]() {
      await ask(`${server}?name=${database.name}`, 'DELETE');
    },
  };
}

async function ask(url: string, method: 'POST' | 'DELETE'): Promise<string> {
  const response = await fetch(url, { method, headers: { connection: 'close' } });
  const text = await response.text();
  if (!response.ok) throw new Error(`no test database: ${text}`);
  return text;
}
