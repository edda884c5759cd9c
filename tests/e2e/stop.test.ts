import { existsSync } from 'node:fs';
import path from 'node:path';
import { connectV1 } from '@fairlead/testkit/clients';
import { createRunFolder, until, type RunFolder } from '@fairlead/testkit/waiting';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { processTree, type ProcessTree } from './fleet/process-tree.ts';
import { runCli } from './fleet/run-cli.ts';
import { startFleet, type Fleet } from './fleet/start-fleet.ts';

// One state folder for the file: only the first start has to make the demo database.
let folder: RunFolder;

beforeAll(async () => {
  folder = await createRunFolder();
});

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
});

test('Ctrl-C stops everything within 10 s, with a client connected, and leaves no process and no dev.json', async () => {
  await using fleet = await startFleet(folder.path);
  const tree = await treeOf(fleet);
  const authorization = `Bearer ${fleet.dev.keys['analyst'] ?? ''}`;
  // Its session holds a stream open, as an editor's does all day.
  await using client = await connectV1(`${fleet.dev.gateway.url}/servers/data/mcp`, { headers: { authorization } });
  expect(await client.listTools()).not.toEqual([]);
  const startedMs = performance.now();

  fleet.process.kill('SIGINT');

  expect(await fleet.process.exited).toEqual({ code: 0, signal: null });
  expect(performance.now() - startedMs).toBeLessThan(10_000);
  await expectAllGone(tree, 1_000);
  expect(existsSync(path.join(folder.path, 'dev.json'))).toBe(false);
});

test('02 TC-11: a killed supervisor leaves no process for longer than 5 s, and the next start takes its folder over', async () => {
  const killed = await startFleet(folder.path);
  const left = await treeOf(killed);

  killed.process.kill('SIGKILL');

  await killed.process.exited;
  await expectAllGone(left, 5_000);
  const gone = await Promise.all(['status', 'doctor'].map((name) => runCli([name, '--fleet', folder.path])));
  expect(gone[0]).toMatchObject({ code: 4, stderr: expect.stringContaining(`no process ${killed.dev.pid}`) });
  expect(gone[1]).toMatchObject({ code: 1, stdout: expect.stringMatching(/process \d+ is gone .*\n +fix: npm start/) });
  await using fleet = await startFleet(folder.path);
  // A connected client outlives a restart.
  expect(fleet.dev.keys).toEqual(killed.dev.keys);
  const sql = 'sql=select count(*) as orders from orders';
  expect(await runCli(['call', 'data__query_database', sql, '--fleet', folder.path])).toMatchObject({ code: 0 });
  const tree = await treeOf(fleet);
  expect(await runCli(['down', '--fleet', folder.path])).toMatchObject({ code: 0 });
  await expectAllGone(tree, 1_000);
  expect(existsSync(path.join(folder.path, 'dev.json'))).toBe(false);
});

/** The tree of a fleet, which holds at least the supervisor, gateway, three services, two doubles and Postgres. */
async function treeOf(fleet: Fleet): Promise<ProcessTree> {
  const tree = await processTree(fleet.process.pid);
  const pids = tree.processes.map(({ pid }) => pid);
  expect(pids).toEqual(expect.arrayContaining(Object.values(fleet.dev.services).map(({ pid }) => pid)));
  expect(tree.processes.some(({ command }) => / -D \S*postgres/.test(command))).toBe(true);
  expect(pids.length).toBeGreaterThanOrEqual(8);
  return tree;
}

async function expectAllGone(tree: ProcessTree, withinMs: number): Promise<void> {
  let left: readonly string[] = [];
  const isGone = async (): Promise<boolean> => {
    left = await tree.stillRunning();
    return left.length === 0;
  };
  await until(isGone, { withinMs, what: 'every process of the fleet to end' }).catch(() => undefined);
  expect(left).toEqual([]);
}
