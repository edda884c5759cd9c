import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ServiceError } from '@fairlead/server-kit/runtime';
import { copyDemoDatabase, installDemoDatabase, type DemoDatabase } from '../demo/install-demo-database.ts';
import { startPostgres, type Postgres } from '../parts/postgres/start-postgres.ts';

/** Makes databases for the test files of a run, which are processes of their own. */
export interface TestDatabaseServer {
  /** POST makes a database and answers it; DELETE `?name=` drops it. Loopback only, with a secret in the path. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A running cluster that holds the demo. */
interface SeededCluster {
  readonly postgres: Postgres;
  copy(): Promise<DemoDatabase>;
}

/**
 * Starts the one Postgres cluster of a test run (09 V-21), with the demo as template, when the first database is asked for:
 * a run of unit tests pays nothing.
 */
export async function startTestDatabaseServer(): Promise<TestDatabaseServer> {
  let cluster: Promise<SeededCluster> | undefined;
  const path = `/${randomBytes(16).toString('base64url')}`;
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => fail(response, error));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname !== path) return void response.writeHead(404).end();
    cluster ??= startSeededCluster();
    const seeded = await cluster;
    if (request.method === 'POST') return void response.end(JSON.stringify(await seeded.copy()));
    await seeded.postgres.dropDatabase(url.searchParams.get('name') ?? '');
    response.writeHead(204).end();
  };
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}${path}`,
    async stop() {
      server.closeAllConnections();
      await server[Symbol.asyncDispose]();
      const started = await cluster?.catch(() => undefined);
      await started?.postgres.stop();
    },
  };
}

async function startSeededCluster(): Promise<SeededCluster> {
  const postgres = await startPostgres({ settings: { max_connections: '300' } });
  const passwords = { readOnly: randomPassword(), readWrite: randomPassword(), migrate: randomPassword() };
  await installDemoDatabase(postgres, { passwords });
  return {
    postgres,
    copy: () => copyDemoDatabase(postgres, { name: `test_${randomUUID().replaceAll('-', '')}`, passwords }),
  };
}

function randomPassword(): string {
  return randomBytes(18).toString('base64url');
}

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has no address');
  return address.port;
}

function fail(response: ServerResponse, error: unknown): void {
  const reason = ServiceError.is(error) ? error.publicMessage : String(error);
  response.writeHead(500, { 'content-type': 'text/plain' }).end(reason);
}
