import path from 'node:path';
import type { DevJson } from '@fairlead/contracts';
import { connectV1, connectV1Stdio, connectV2, connectV2Stdio, type McpClient } from '@fairlead/testkit/clients';
import { createRunFolder, freePort } from '@fairlead/testkit/waiting';
import { readdir } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { readDevJson } from './fleet/read-dev-json.ts';
import { launcher } from './fleet/repository-root.ts';
import { runCli, type CliRun } from './fleet/run-cli.ts';
import { sharedFleet } from './fleet/shared-fleet.ts';

const fleet = sharedFleet();
const here = ['--fleet', fleet.stateFolder];
const query = 'sql=select count(*)::int as orders from orders';

let dev: DevJson;

beforeAll(async () => {
  dev = await readDevJson(fleet.stateFolder);
});

test('status shows each process as ready and the doubles as doubles', async () => {
  const { code, stdout } = await runCli(['status', ...here]);

  expect(code).toBe(0);
  for (const name of ['gateway', 'data', 'devops', 'aiml']) expect(stdout).toMatch(new RegExp(`${name} +ready +http`));
  for (const name of ['github', 'slack']) expect(stdout).toMatch(new RegExp(`${name} +double +http`));
});

test('01 §3: a fleet is found by --fleet with folder or file, by FAIRLEAD_URL and FAIRLEAD_KEY, or upward from here', async () => {
  await using folder = await createRunFolder();
  const byAddress = { FAIRLEAD_URL: dev.gateway.url, FAIRLEAD_KEY: dev.keys['viewer'] ?? '' };
  const ask = ['call', 'data__query_database', query];
  const runs = [
    runCli([...ask, '--fleet', fleet.stateFolder]),
    runCli([...ask, '--fleet', path.join(fleet.stateFolder, 'dev.json')]),
    runCli(ask, { cwd: folder.path, env: byAddress }),
  ];

  for (const run of await Promise.all(runs)) expect(run).toMatchObject({ code: 0, stdout: 'orders\n40000\n' });
});

test('tools list names what the role may call and nothing else', async () => {
  const [admin, viewer] = await Promise.all(
    ['admin', 'viewer'].map((role) => runCli(['tools', 'list', '--as', role, '--json', ...here])),
  );

  expect(namesIn(admin)).toEqual(expect.arrayContaining(['devops__slack_send_message', 'aiml__create_collection']));
  expect(namesIn(viewer).filter((name) => !/^(data|aiml)__/.test(name))).toEqual([]);
  expect(namesIn(viewer)).toContain('data__query_database');
});

test('tools show prints the fields of one tool', async () => {
  const { code, stdout } = await runCli(['tools', 'show', 'data__query_database', ...here]);

  expect(code).toBe(0);
  expect(stdout).toMatch(/^data__query_database {2}\(read\)/);
  expect(stdout).toContain('"max_rows"');
});

const failures = [
  { what: 'a field that the tool does not have', code: 1, args: ['data__query_database', 'rows=1'], cause: 'rows' },
  { what: 'no tool', code: 1, args: [], cause: 'say which tool' },
  { what: 'a key that nobody knows', code: 3, args: ['data__query_database', query, '--key', 'flk_x_y'], cause: 'key' },
  {
    what: 'a statement that writes',
    code: 5,
    args: ['data__query_database', 'sql=delete from orders'],
    cause: 'SQL_NOT_READ_ONLY',
  },
  { what: 'a tool that does not exist', code: 6, args: ['data__nothing'], cause: 'there is no tool "data__nothing"' },
  {
    what: 'a tool that the role lacks',
    code: 6,
    args: ['devops__list_integrations', '--as', 'viewer'],
    cause: 'there is no tool',
  },
];

test.each(failures)('01 §3: call with $what ends with exit code $code', async ({ code, args, cause }) => {
  const run = await runCli(['call', ...args, ...here]);

  expect(run).toMatchObject({ code, stdout: '' });
  expect(run.stderr).toContain(cause);
});

test('01 §3: call without a fleet, or with one that does not answer, ends with exit code 4 and a mend', async () => {
  await using folder = await createRunFolder();
  const env = { FAIRLEAD_URL: `http://127.0.0.1:${await freePort()}`, FAIRLEAD_KEY: dev.keys['viewer'] ?? '' };
  const runs = await Promise.all([
    runCli(['call', 'data__query_database', query, '--fleet', folder.path]),
    runCli(['call', 'data__query_database', query], { cwd: folder.path, env }),
  ]);

  for (const run of runs)
    expect(run).toMatchObject({ code: 4, stderr: expect.stringMatching(/fix: (npm start|fairlead)/) });
});

test('01 §3: with --json a failure is one JSON document with the exit code, the cause and the mend', async () => {
  const { code, stdout } = await runCli(['call', 'data__nothing', '--json', ...here]);

  expect(code).toBe(6);
  expect(JSON.parse(stdout)).toEqual({
    error: { exitCode: 6, message: expect.stringContaining('data__nothing'), fix: 'fairlead tools list' },
  });
});

test('a key is made, works, is listed without its secret, is revoked, and works no more', async () => {
  const created = await runCli([
    'keys',
    'create',
    'cli-made',
    '--role',
    'viewer',
    '--expires',
    '12h',
    '--json',
    ...here,
  ]);
  const { id, key } = z.object({ id: z.string(), key: z.string() }).parse(JSON.parse(created.stdout));
  const call = ['call', 'data__query_database', query, '--key', key, ...here];

  expect(await runCli(call)).toMatchObject({ code: 0 });
  const listed = await runCli(['keys', 'list', ...here]);
  expect(listed.stdout).toMatch(new RegExp(`${id} +active +viewer +cli-made`));
  expect(listed.stdout).not.toContain(key.split('_')[2]);
  expect(await runCli(['keys', 'revoke', id, ...here])).toMatchObject({ code: 0, stdout: `${id} is revoked\n` });
  expect(await runCli(call)).toMatchObject({ code: 3, stderr: expect.stringContaining('revoked') });
  expect((await runCli(['keys', 'list', ...here])).stdout).toMatch(new RegExp(`${id} +revoked`));
});

test('keys are for those who may manage them', async () => {
  const denied = await runCli(['keys', 'list', '--as', 'viewer', ...here]);

  expect(denied).toMatchObject({ code: 6, stderr: expect.stringContaining('admin:keys') });
});

const httpEntry = z.object({ url: z.url(), headers: z.record(z.string(), z.string()) });
const stdioEntry = z.object({ command: z.string(), args: z.array(z.string()) });
const printed = (section: string, entry: z.ZodType) =>
  z.object({ file: z.string(), config: z.strictObject({ [section]: z.strictObject({ fairlead: entry }) }) });

test.each([
  { client: 'claude-code', section: 'mcpServers' },
  { client: 'vscode', section: 'servers' },
  { client: 'cursor', section: 'mcpServers' },
])('connect $client --print prints an entry that works as it is, and writes nothing', async ({ client, section }) => {
  await using home = await createRunFolder();
  const args = ['connect', client, '--print', '--as', 'viewer', '--json', ...here];

  const { code, stdout } = await runCli(args, { cwd: home.path, env: { HOME: home.path } });

  expect(code).toBe(0);
  const document = printed(section, httpEntry).parse(JSON.parse(stdout));
  const { url, headers } = httpEntry.parse(entryOf(document.config));
  await using connected = await connectV2(url, { headers });
  await expectViewer(connected);
  expect(await readdir(home.path)).toEqual([]);
});

test('connect claude-desktop --print prints a command that speaks MCP, and writes nothing', async () => {
  await using home = await createRunFolder();
  const args = ['connect', 'claude-desktop', '--print', '--as', 'viewer', '--json', ...here];

  const { code, stdout } = await runCli(args, { cwd: home.path, env: { HOME: home.path } });

  expect(code).toBe(0);
  const document = printed('mcpServers', stdioEntry).parse(JSON.parse(stdout));
  await using connected = await connectV1Stdio({ ...stdioEntry.parse(entryOf(document.config)), cwd: '/' });
  await expectViewer(connected);
  expect(await readdir(home.path)).toEqual([]);
});

const stdio = { command: process.execPath, args: [launcher, 'stdio', '--as', 'viewer', ...here] };

test.each([
  { client: 'SDK v1', era: 'legacy', connect: () => connectV1Stdio(stdio) },
  { client: 'SDK v2 legacy', era: 'legacy', connect: () => connectV2Stdio({ ...stdio, mode: 'legacy' }) },
  { client: 'SDK v2 auto', era: 'modern', connect: () => connectV2Stdio({ ...stdio, mode: 'auto' }) },
  { client: 'SDK v2 pinned', era: 'modern', connect: () => connectV2Stdio({ ...stdio, mode: '2026-07-28' }) },
])('stdio is the gateway for $client, in the era that it speaks', async ({ era, connect }) => {
  await using client = await connect();
  const direct = era === 'legacy' ? connectV1 : connectV2;
  await using overHttp = await direct(dev.gateway.mcp, {
    headers: { authorization: `Bearer ${dev.keys['viewer'] ?? ''}` },
  });

  expect(client.era).toBe(era);
  expect(await client.listTools()).toEqual(await overHttp.listTools());
  await expectViewer(client);
});

test('version prints one line; how long a cold start takes is shown and not judged', async (context) => {
  const startedMs = performance.now();
  const { code, stdout } = await runCli(['version']);
  await context.annotate(`fairlead version: ${Math.round(performance.now() - startedMs)} ms`);

  expect(code).toBe(0);
  expect(stdout).toMatch(/^fairlead \d+\.\d+\.\d+ \(Node v24\.\S+\)\n$/);
});

test('up --json --help and an unknown command say what there is', async () => {
  expect(await runCli(['up', '--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('--state DIR') });
  expect(await runCli(['upp'])).toMatchObject({ code: 1, stderr: expect.stringContaining('fix: fairlead help') });
});

/** Names of the tools that `tools list --json` printed. */
function namesIn(run: CliRun | undefined): readonly string[] {
  const tools = z.array(z.looseObject({ name: z.string() })).parse(JSON.parse(run?.stdout ?? ''));
  return tools.map(({ name }) => name);
}

/** The one entry of a client's config. */
function entryOf(config: Readonly<Record<string, Readonly<Record<string, unknown>>>>): unknown {
  return Object.values(config)[0]?.['fairlead'];
}

/** Whether a client is connected as the viewer: it reads, and sees nothing of devops. */
async function expectViewer(client: McpClient): Promise<void> {
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names).toContain('data__query_database');
  expect(names.filter((name) => name.startsWith('devops__'))).toEqual([]);
  const answer = await client.callTool('data__query_database', { sql: 'select count(*)::int as orders from orders' });
  expect(answer.structuredContent).toMatchObject({ rows: [[40_000]] });
}
