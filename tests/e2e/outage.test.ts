import { connectV2, rawMcp, type McpClient, type RawMcp } from '@fairlead/testkit/clients';
import { createRunFolder, until, type RunFolder } from '@fairlead/testkit/waiting';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { processTree } from './fleet/process-tree.ts';
import { readDevJson } from './fleet/read-dev-json.ts';
import { runCli } from './fleet/run-cli.ts';
import { startFleet, type Fleet } from './fleet/start-fleet.ts';

let folder: RunFolder;
let fleet: Fleet;
let admin: McpClient;
let endpoint: RawMcp;

beforeAll(async () => {
  folder = await createRunFolder();
  fleet = await startFleet(folder.path);
  const headers = { authorization: `Bearer ${fleet.dev.keys['admin'] ?? ''}` };
  admin = await connectV2(fleet.dev.gateway.mcp, { headers });
  endpoint = rawMcp(fleet.dev.gateway.mcp, headers);
});

afterAll(async () => {
  await admin.close();
  await fleet[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

test('04 G-21, G-22, G-74: a killed server costs only its own calls, stays listed as stale, and is back within 5 s', async () => {
  const { pid: killed, ops } = service('data');
  const before = await admin.listTools();
  // A frozen supervisor starts nothing again, so the outage lasts as long as the test looks at it.
  await whileFrozen([fleet.dev.pid], async () => {
    process.kill(killed, 'SIGKILL');
    await until(() => isStopped(ops), { withinMs: 10_000, what: 'the data server to be gone' });

    expect(await askData()).toMatchObject({
      isError: true,
      _meta: { 'dev.fairlead/error': { code: 'UPSTREAM_DOWN' } },
    });
    const stale = await until(staleServers, { withinMs: 10_000, what: 'data to be marked stale' });
    expect(Object.keys(stale)).toEqual(['data']);
    expect(await admin.listTools()).toEqual(before);
    const startedMs = performance.now();
    const refused = await askData();
    // A hang guard: an open breaker tries no connection, which would take 2 s (04 G-74, G-76).
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    expect(refused.content[0]?.text).toMatch(/UPSTREAM_DOWN: The server "data" .*Call again.*data-team/);
    expect(await admin.callTool('devops__list_integrations')).not.toHaveProperty('isError', true);
    expect(await admin.callTool('aiml__list_collections')).not.toHaveProperty('isError', true);
  });
  await until(() => isRestarted('data', killed), { withinMs: 60_000, what: 'the fleet to start data again' });

  await until(async () => (await askData()).isError !== true, { withinMs: 5_000, what: 'data to answer again' });

  expect(await staleServers()).toBeUndefined();
  expect(await admin.listTools()).toEqual(before);
});

test('doctor names a server that does not answer and a Postgres that is down, and says the mends', async () => {
  await whileFrozen([service('devops').pid, await postgresPid()], async () => {
    const { code, results } = await doctor();

    const failed = results.filter(({ status }) => status === 'fail');
    expect(code).toBe(1);
    expect(failed).toEqual([
      expect.objectContaining({ name: 'devops', detail: expect.stringContaining('does not answer') }),
      expect.objectContaining({ name: 'postgres', detail: expect.stringContaining('does not answer') }),
    ]);
    for (const { fix } of failed) expect(fix).toMatch(/^(tail|fairlead) /);
  });

  await until(async () => (await doctor()).code === 0, { withinMs: 30_000, what: 'doctor to be content' });
});

function service(name: string): { readonly pid: number; readonly ops: string } {
  const found = fleet.dev.services[name];
  if (found === undefined) throw new Error(`no service ${name}`);
  return found;
}

/** Does something while processes stand still with their sockets open. */
async function whileFrozen(pids: readonly number[], action: () => Promise<void>): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    await action();
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
}

function askData(): ReturnType<McpClient['callTool']> {
  return admin.callTool('data__query_database', { sql: 'select count(*) from orders' });
}

const staleList = z.looseObject({
  _meta: z.looseObject({ 'dev.fairlead/stale': z.record(z.string(), z.iso.datetime()).optional() }),
});

async function staleServers(): Promise<Readonly<Record<string, string>> | undefined> {
  const { messages } = await endpoint.modern({ method: 'tools/list' });
  return staleList.parse(messages.at(-1)?.result)._meta['dev.fairlead/stale'];
}

async function isStopped(ops: string): Promise<boolean> {
  return await fetch(`${ops}/livez`).then(
    () => false,
    () => true,
  );
}

/** Whether a service runs as another process than before, and is ready. */
async function isRestarted(name: string, before: number): Promise<boolean> {
  const found = (await readDevJson(folder.path)).services[name];
  if (found === undefined || found.pid === before) return false;
  return (await fetch(`${found.ops}/readyz`)).ok;
}

async function postgresPid(): Promise<number> {
  const { processes } = await processTree(fleet.dev.pid);
  const found = processes.find(({ command }) => /\/postgres -D /.test(command));
  if (found === undefined) throw new Error('the fleet has no Postgres');
  return found.pid;
}

const doctorResults = z.array(
  z.object({ name: z.string(), status: z.enum(['ok', 'fail']), detail: z.string(), fix: z.string().optional() }),
);

async function doctor(): Promise<{ readonly code: number; readonly results: z.infer<typeof doctorResults> }> {
  const { code, stdout } = await runCli(['doctor', '--fleet', folder.path, '--json']);
  return { code, results: doctorResults.parse(JSON.parse(stdout)) };
}
