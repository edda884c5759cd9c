import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { connectV2, rawMcp, type McpClient, type McpToolResult, type RawAnswer } from '@fairlead/testkit/clients';
import {
  githubBotLogin,
  githubDoubleState,
  githubDoubleToken,
  slackBot,
  slackDoubleState,
  slackDoubleToken,
  type GithubDoubleState,
  type SlackDoubleState,
} from '@fairlead/testkit/doubles';
import { withConnection } from '@fairlead/testkit/parts';
import type { DevJson } from '@fairlead/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { makeKey, type MadeKey } from './fleet/make-key.ts';
import { markedText } from './fleet/marked-text.ts';
import { readDevJson } from './fleet/read-dev-json.ts';
import { repositoryRoot } from './fleet/repository-root.ts';
import { sharedFleet } from './fleet/shared-fleet.ts';

const fleet = sharedFleet();
const repository = { owner: 'acme', repo: 'shop' };
const docs = path.join(repositoryRoot, 'docs');

let dev: DevJson;
let analyst: McpClient;
let developer: McpClient;
let viewer: MadeKey;
let github: GithubDoubleState;
let slack: SlackDoubleState;

beforeAll(async () => {
  dev = await readDevJson(fleet.stateFolder);
  analyst = await connectV2(dev.gateway.mcp, await keyFor('analyst'));
  developer = await connectV2(dev.gateway.mcp, await keyFor('developer'));
  viewer = await keyFor('viewer');
  github = githubDoubleState({ url: dev.doubles['github'] ?? '', token: githubDoubleToken(githubBotLogin) });
  slack = slackDoubleState({ url: dev.doubles['slack'] ?? '', token: slackDoubleToken(slackBot.name) });
});

afterAll(async () => {
  await analyst.close();
  await developer.close();
});

test('the analyst gets the revenue of each month, to the cent as Postgres itself has it', async () => {
  const sql = `select to_char(date_trunc('month', day), 'YYYY-MM') as month, sum(revenue_cents) as revenue_cents
    from daily_revenue group by 1 order by 1`;
  const expected = await withConnection(dev.postgres?.demo ?? '', async (client) => {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows;
  });

  const answer = structured(await analyst.callTool('data__query_database', { sql }), queryAnswer);

  expect(answer.columns.map(({ name }) => name)).toEqual(['month', 'revenue_cents']);
  expect(answer.rows).toEqual(expected);
  expect(answer).toMatchObject({ row_count: expected.length, truncated: false });
  expect(expected.length).toBeGreaterThanOrEqual(12);
});

test('the analyst finds a passage of the docs, and its citation opens exactly that passage', async () => {
  const query = 'where does the platform keep its state';

  const { hits } = structured(
    await analyst.callTool('aiml__search_documents', { query, collection: 'docs', top_k: 3 }),
    searchAnswer,
  );

  const [hit] = hits;
  const [opened, ...others] = await analyst.readResource(hit?.citation.uri ?? '');
  const passage = markedText(opened?.text ?? '');
  expect(others).toEqual([]);
  expect(passage).toContain(markedText(hit?.text ?? '').trim());
  expect(await fileOfDocsWith(passage.trim())).toBeDefined();
});

test('the analyst finds a file and reads it as it lies on the disk', async () => {
  const found = structured(
    await analyst.callTool('data__find_files', { pattern: '0006-*.md', root: 'docs' }),
    z.looseObject({ files: z.array(z.looseObject({ path: z.string(), size: z.int() })) }),
  );
  const file = found.files[0]?.path ?? '';
  const onDisk = await readFile(path.join(repositoryRoot, file), 'utf8');

  const read = structured(
    await analyst.callTool('data__read_file', { path: file }),
    z.looseObject({ content: z.string(), size: z.int() }),
  );

  expect(markedText(read.content).trimEnd()).toBe(onDisk.trimEnd());
  expect(read).toMatchObject({ path: file, start_line: 1, truncated: false, size: Buffer.byteLength(onDisk) });
});

test("the developer opens an issue, and it stands in the GitHub double's own state", async () => {
  const issue = { title: 'Refunds arrive twice', body: 'Seen since the last release.', labels: ['bug'] };

  const made = structured(await developer.callTool('devops__github_create_issue', { ...repository, ...issue }), number);

  expect(await github.issue('acme/shop', made.number)).toMatchObject({ state: 'open', title: issue.title });
  expect((await github.issue('acme/shop', made.number)).body).toContain(issue.body);
  expect((await github.issue('acme/shop', made.number)).labels).toEqual(issue.labels);
});

test("the developer posts to Slack, and the message stands in the Slack double's own state", async () => {
  const channel = await slack.channelId('releases');
  const text = 'Version 7 went live at noon.';

  const sent = structured(
    await developer.callTool('devops__slack_send_message', { channel, text }),
    z.looseObject({ ts: z.string() }),
  );

  const message = (await slack.messages(channel)).find(({ ts }) => ts === sent.ts);
  expect(message?.text).toContain(text);
  // 06 S-71: a reader sees who wrote through the bot.
  expect(message?.text).toContain('story developer');
});

test('05 T-03: the same idempotency key opens one issue, and the second answer is the first', async () => {
  const call = { ...repository, title: 'One issue for two calls', idempotency_key: 'story-one-issue' };

  const first = structured(await developer.callTool('devops__github_create_issue', call), number);
  const second = structured(await developer.callTool('devops__github_create_issue', call), number);

  expect(second).toMatchObject({ number: first.number, replayed: true });
  expect(await titlesOf(call.title)).toHaveLength(1);
});

test('05 T-03: an idempotency key with other arguments is refused, and opens nothing', async () => {
  const call = { ...repository, title: 'The first meaning', idempotency_key: 'story-two-meanings' };
  await developer.callTool('devops__github_create_issue', call);

  const other = await developer.callTool('devops__github_create_issue', { ...call, title: 'The second meaning' });

  expect(other).toMatchObject({
    isError: true,
    _meta: { 'dev.fairlead/error': { code: 'DEVOPS_IDEMPOTENCY_CONFLICT' } },
  });
  expect(await titlesOf('The second meaning')).toEqual([]);
});

test('05 T-03: a dry run says what would be done, and leaves no trace', async () => {
  const channel = await slack.channelId('random');
  const title = 'Only a plan';
  const text = 'Nobody reads this.';

  const issue = await developer.callTool('devops__github_create_issue', { ...repository, title, dry_run: true });
  const message = await developer.callTool('devops__slack_send_message', { channel, text, dry_run: true });

  expect(issue.structuredContent).toMatchObject({ dry_run: true, plan: { repository: 'acme/shop', title } });
  expect(message.structuredContent).toMatchObject({ dry_run: true, plan: { channel } });
  expect(await titlesOf(title)).toEqual([]);
  expect((await slack.messages(channel)).filter((posted) => posted.text.includes(text))).toEqual([]);
});

const refusedCalls = [
  { tool: 'github_create_issue', args: { ...repository, title: 'Not for viewers' } },
  { tool: 'slack_send_message', args: { channel: 'C000000001', text: 'Not for viewers' } },
];

test.each(refusedCalls)('04 G-34: for the viewer $tool is byte for byte a tool that does not exist', async (call) => {
  const unknown = `${call.tool.slice(0, -1)}x`;
  const endpoint = rawMcp(dev.gateway.mcp, viewer.headers);
  for (const era of ['modern', 'legacy'] as const) {
    const ask = (name: string): Promise<RawAnswer> =>
      endpoint[era]({ method: 'tools/call', params: { name: `devops__${name}`, arguments: call.args } });

    const [hidden, missing] = [await ask(call.tool), await ask(unknown)];

    expect(hidden.messages.at(-1)?.error).toMatchObject({ code: -32_602 });
    expect(comparable(hidden, call.tool)).toEqual(comparable(missing, unknown));
  }
  expect(await titlesOf('Not for viewers')).toEqual([]);
  expect((await slack.messages('C000000001')).some(({ text }) => text.includes('Not for viewers'))).toBe(false);
});

test('04 G-34: for the viewer the route of a server without a tool for it is a route that does not exist', async () => {
  const [hidden, missing] = await Promise.all(
    ['devops', 'nobody'].map((server) =>
      rawMcp(`${dev.gateway.url}/servers/${server}/mcp`, viewer.headers).modern({ method: 'tools/list' }),
    ),
  );

  expect(hidden?.status).toBe(404);
  expect(hidden && comparable(hidden, 'devops')).toEqual(missing && comparable(missing, 'nobody'));
});

const number = z.looseObject({ number: z.int() });
const queryAnswer = z.looseObject({
  columns: z.array(z.looseObject({ name: z.string() })),
  rows: z.array(z.array(z.unknown())),
});
const searchAnswer = z.looseObject({
  hits: z.array(z.looseObject({ text: z.string(), citation: z.looseObject({ uri: z.string() }) })).min(1),
});

async function keyFor(role: string): Promise<MadeKey> {
  return await makeKey(fleet.stateFolder, { name: `story ${role}`, role });
}

/** The structured part of a result that is no error. */
function structured<Schema extends z.ZodType>(result: McpToolResult, schema: Schema): z.output<Schema> {
  if (result.isError === true) throw new Error(JSON.stringify(result.content));
  return schema.parse(result.structuredContent);
}

async function titlesOf(title: string): Promise<readonly string[]> {
  return (await github.issues('acme/shop')).map((issue) => issue.title).filter((each) => each === title);
}

/** Which file under docs/ holds a text; nothing when none does. */
async function fileOfDocsWith(text: string): Promise<string | undefined> {
  for await (const file of glob('**/*.md', { cwd: docs })) {
    if ((await readFile(path.join(docs, file), 'utf8')).includes(text)) return file;
  }
  return undefined;
}

/** Everything that a caller can see of an answer but the name that it asked for itself, and the time. */
function comparable({ status, headers, text }: RawAnswer, name: string): unknown {
  const { date: _date, ...rest } = headers;
  return { status, headers: rest, text: text.replaceAll(name, '<name>') };
}
