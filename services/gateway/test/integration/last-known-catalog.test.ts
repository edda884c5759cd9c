import { startPostgres, withConnection, type Postgres } from '@fairlead/testkit/parts';
import { rawMcp } from '@fairlead/testkit/clients';
import { createTestDatabase, type TestDatabase } from '@fairlead/testkit/vitest';
import { createRunFolder, freePort, until } from '@fairlead/testkit/waiting';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startBackendDouble, type BackendDouble } from '../support/backend-double.ts';
import { readReadiness } from '../support/read-readiness.ts';
import { startLoad } from '../support/start-load.ts';
import { startTestGateway, type TestGateway } from '../support/start-test-gateway.ts';

const tool = (name: string) => ({ name, inputSchema: { type: 'object' } });

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

interface Scene {
  readonly database: TestDatabase;
  readonly alpha: BackendDouble;
  readonly beta: BackendDouble;
  /** Starts a gateway in front of both, on the database. */
  readonly start: () => Promise<TestGateway>;
}

async function setUp(): Promise<Scene> {
  const database = stack.use(await createTestDatabase());
  const alpha = stack.use(await startBackendDouble({ tools: [tool('one'), tool('two')], prompts: [{ name: 'p' }] }));
  const beta = stack.use(await startBackendDouble({ tools: [tool('three')] }));
  const servers = { alpha: { url: alpha.url }, beta: { url: beta.url } };
  return { database, alpha, beta, start: () => startOn(database.adminUrl, servers) };
}

async function startOn(url: string, servers: Readonly<Record<string, { readonly url: string }>>): Promise<TestGateway> {
  return stack.use(await startTestGateway({ servers, environment: { DATABASE_URL: url } }));
}

/** Starts a gateway once, so that its lists are kept, and stops it together with its servers. */
async function runOnce({ database, alpha, beta, start }: Scene): Promise<void> {
  const gateway = await start();
  await until(async () => (await keptServers(database)).length === 2, { withinMs: 10_000, what: 'both lists' });
  await Promise.all([gateway.stop(), alpha.stop(), beta.stop()]);
}

async function keptServers({ adminUrl }: TestDatabase): Promise<readonly unknown[]> {
  const { rows } = await withConnection(adminUrl, (client) =>
    client.query(`select server from catalog_snapshot order by server`),
  );
  return rows;
}

function list(gateway: TestGateway, method = 'tools/list') {
  return rawMcp(gateway.mcp, gateway.as('admin')).modern({ method });
}

function call(gateway: TestGateway, name: string) {
  return rawMcp(gateway.mcp, gateway.as('admin')).modern({ method: 'tools/call', params: { name, arguments: {} } });
}

test('04 G-21: after a restart with every server dead the first list is whole and marked as stale', async () => {
  const scene = await setUp();
  await runOnce(scene);

  const gateway = await scene.start();

  const { result } = (await list(gateway)).messages[0] ?? {};
  expect(result).toMatchObject({
    tools: [{ name: 'alpha__one' }, { name: 'alpha__two' }, { name: 'beta__three' }],
    _meta: { 'dev.fairlead/stale': { alpha: expect.any(String), beta: expect.any(String) } },
  });
  expect((await list(gateway, 'prompts/list')).messages[0]?.result).toMatchObject({ prompts: [{ name: 'alpha__p' }] });
  expect((await call(gateway, 'alpha__one')).text).toContain('UPSTREAM_DOWN');
  expect(await readReadiness(gateway)).toMatchObject({
    httpStatus: 200,
    degraded: [{ part: 'server alpha' }, { part: 'server beta' }],
  });
});

test('04 G-21: a server that is back after the restart takes the mark away', async () => {
  const scene = await setUp();
  await runOnce(scene);
  const gateway = await scene.start();
  stack.use(await startBackendDouble({ tools: [tool('four')], port: scene.beta.port }));

  const answer = await until(
    async () => {
      const { text, messages } = await list(gateway);
      return text.includes('beta__four') ? messages[0]?.result : undefined;
    },
    { withinMs: 10_000, what: 'the new list of beta' },
  );

  expect(answer).toMatchObject({
    tools: [{ name: 'alpha__one' }, { name: 'alpha__two' }, { name: 'beta__four' }],
    _meta: { 'dev.fairlead/stale': { alpha: expect.any(String) } },
  });
  expect(answer).not.toHaveProperty(['_meta', 'dev.fairlead/stale', 'beta']);
});

test('04 G-21: a stored list of eight days is not served, and its server is down', async () => {
  const scene = await setUp();
  await runOnce(scene);
  await withConnection(scene.database.adminUrl, (client) =>
    client.query(`update catalog_snapshot set seen_at = now() - interval '8 days' where server = 'beta'`),
  );

  const gateway = await scene.start();

  expect((await list(gateway)).messages[0]?.result).toMatchObject({
    tools: [{ name: 'alpha__one' }, { name: 'alpha__two' }],
  });
  const shown = await fetch(`${gateway.url}/api/v1/servers/beta`, { headers: gateway.as('admin') });
  expect(await shown.json()).toMatchObject({ state: 'down', items: { tools: 0 } });
});

test('04 G-21: a damaged row is dropped and reported, and the other lists are shown', async () => {
  const scene = await setUp();
  await runOnce(scene);
  await withConnection(scene.database.adminUrl, (client) =>
    client.query(`update catalog_snapshot set listing = left(listing, -5) where server = 'beta'`),
  );

  const gateway = await scene.start();

  expect((await list(gateway)).text).not.toContain('beta__three');
  expect((await list(gateway)).text).toContain('alpha__one');
  expect(await readReadiness(gateway)).toMatchObject({
    httpStatus: 200,
    degraded: expect.arrayContaining([
      expect.objectContaining({ part: 'catalog store', reason: expect.stringContaining('"beta" was damaged') }),
    ]),
  });
  expect(await keptServers(scene.database)).toEqual([{ server: 'alpha' }]);
});

test('04 G-21: a server of another address under the same name does not get the stored list', async () => {
  const scene = await setUp();
  await runOnce(scene);
  const moved = { alpha: { url: `http://127.0.0.1:${await freePort()}/mcp` }, beta: { url: scene.beta.url } };

  const gateway = await startOn(scene.database.adminUrl, moved);

  expect((await list(gateway)).messages[0]?.result).toMatchObject({ tools: [{ name: 'beta__three' }] });
});

test('04 G-21: two replicas that start and discover at the same time keep one list of each server', async () => {
  const { database, start } = await setUp();

  const replicas = await Promise.all([start(), start()]);

  await until(async () => (await keptServers(database)).length > 0, { withinMs: 10_000, what: 'a list' });
  for (const replica of replicas) expect((await call(replica, 'beta__three')).text).toContain('done');
  await Promise.all(replicas.map((replica) => replica.stop()));
  expect(await keptServers(database)).toEqual([{ server: 'alpha' }, { server: 'beta' }]);
});

test('04 G-15, G-21: with Postgres down at the start the gateway serves, says so, and keeps its lists once it is there', async () => {
  const alpha = stack.use(await startBackendDouble({ tools: [tool('one')] }));
  const folder = stack.use(await createRunFolder());
  const port = await freePort();
  const first = await startPostgres({ folder: folder.path, port });
  const url = first.adminUrl;
  await first.stop();

  const gateway = await startOn(url, { alpha: { url: alpha.url } });

  expect((await call(gateway, 'alpha__one')).text).toContain('done');
  expect(await readReadiness(gateway)).toMatchObject({
    httpStatus: 200,
    degraded: [{ part: 'catalog store', reason: 'the store does not answer (ECONNREFUSED)' }],
  });
  stack.use(await startPostgres({ folder: folder.path, port }));
  await untilHealthy(gateway);
  expect(await keptAt(url)).toEqual([{ server: 'alpha' }]);
});

test('04 G-15, G-21: Postgres that dies under load costs no call, and the lists are kept when it is back', async () => {
  const steady = stack.use(await startBackendDouble({ tools: [tool('one')] }));
  const changing = stack.use(await startBackendDouble({ tools: [tool('old')] }));
  const folder = stack.use(await createRunFolder());
  const postgres = await startPostgres({ folder: folder.path });
  const gateway = await startOn(postgres.adminUrl, { steady: { url: steady.url }, changing: { url: changing.url } });
  await until(async () => (await keptAt(postgres.adminUrl)).length === 2, { withinMs: 10_000, what: 'the lists' });
  const load = startLoad(1, async () => {
    const { text } = await call(gateway, 'steady__one');
    return text.includes('done') ? undefined : text;
  });
  stack.defer(async () => void (await load.stop()));

  await kill(postgres);
  await changing.stop();
  // The call that fails makes the gateway look, and look again until the server is back with another list.
  await call(gateway, 'changing__old');
  stack.use(await startBackendDouble({ tools: [tool('new')], port: changing.port }));
  await until(async () => (await list(gateway)).text.includes('changing__new'), {
    withinMs: 15_000,
    what: 'the new list',
  });
  await until(async () => (await readReadiness(gateway)).text.includes('catalog store'), {
    withinMs: 10_000,
    what: 'the store to be told of',
  });
  const back = stack.use(await startPostgres({ folder: folder.path, port: postgres.port }));
  await untilHealthy(gateway);

  const { rows } = await withConnection(back.adminUrl, (client) =>
    client.query(`select listing from catalog_snapshot where server = 'changing'`),
  );
  expect(JSON.stringify(rows)).toContain('new');
  expect(await load.stop()).toEqual({ sent: expect.any(Number), failures: [] });
  expect(load.result.sent).toBeGreaterThan(10);
});

async function kill(postgres: Postgres): Promise<void> {
  postgres.process.kill('SIGKILL');
  await postgres.process.exited;
}

async function keptAt(url: string): Promise<readonly unknown[]> {
  return (await withConnection(url, (client) => client.query('select server from catalog_snapshot'))).rows;
}

async function untilHealthy(gateway: TestGateway): Promise<void> {
  await until(async () => (await readReadiness(gateway)).status === 'ready', {
    withinMs: 15_000,
    what: 'every part to be up',
  });
}
