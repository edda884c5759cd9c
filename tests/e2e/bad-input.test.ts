import type { AuditEvent, DevJson } from '@fairlead/contracts';
import { rawMcp, type RawAnswer, type RawMcp, type RawRequest } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { demoDataDigest } from './fleet/demo-data-digest.ts';
import { insideTexts, textsWithin } from './fleet/inside-texts.ts';
import { makeKey, type MadeKey } from './fleet/make-key.ts';
import { readAudit } from './fleet/read-audit.ts';
import { readDevJson } from './fleet/read-dev-json.ts';
import { readRefusal } from './fleet/read-refusal.ts';
import { sharedFleet } from './fleet/shared-fleet.ts';

const fleet = sharedFleet();

let dev: DevJson;
let viewer: MadeKey;
let expiring: MadeKey;
let revoked: MadeKey;
let endpoint: RawMcp;
let inside: readonly string[];
let before: unknown;
let startedAt: string;

beforeAll(async () => {
  dev = await readDevJson(fleet.stateFolder);
  viewer = await makeKey(fleet.stateFolder, { name: 'bad-input viewer', role: 'viewer' });
  expiring = await makeKey(fleet.stateFolder, {
    name: 'bad-input expired',
    role: 'viewer',
    expiresAt: new Date(Date.now() + 200),
  });
  revoked = await makeKey(fleet.stateFolder, { name: 'bad-input revoked', role: 'viewer' });
  await fetch(`${dev.gateway.url}/api/v1/keys/${revoked.id}`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${dev.keys['admin'] ?? ''}` },
  });
  endpoint = rawMcp(dev.gateway.mcp, viewer.headers);
  inside = [...(await insideTexts(fleet.stateFolder)), ...[viewer, expiring, revoked].map(({ key }) => key)];
  before = await whatMustStay();
});

beforeEach(() => {
  startedAt = new Date().toISOString();
});

/** A way to knock, and how it is answered and recorded. */
interface BadInput {
  readonly name: string;
  readonly send: () => Promise<RawAnswer>;
  readonly status: number;
  readonly rpcCode?: number;
  readonly code: string;
  /** Part of the text that says what to do. */
  readonly mend: RegExp;
  readonly audit: AuditEvent['decision']['outcome'];
  /** Whether the record names the caller. */
  readonly isKnown: boolean;
}

const unknownKey = `flk_${'a'.repeat(12)}_${'x'.repeat(43)}`;
const badLogin = { status: 401, rpcCode: -31_001, audit: 'unauthenticated', isKnown: false } as const;
const badMessage = { status: 400, audit: 'invalid', isKnown: true } as const;
const hiddenItem = { status: 200, rpcCode: -32_602, code: 'ITEM_UNKNOWN', audit: 'hidden', isKnown: true } as const;
const toolRefusal = { status: 200, audit: 'allow', isKnown: true } as const;

const badCredentials: readonly BadInput[] = [
  { ...badLogin, name: 'no key', code: 'AUTH_REQUIRED', mend: /Send "Authorization: Bearer/, send: () => list({}) },
  {
    ...badLogin,
    name: 'an unknown key',
    code: 'AUTH_INVALID',
    mend: /ask for a new one/,
    send: () => list({ authorization: `Bearer ${unknownKey}` }),
  },
  {
    ...badLogin,
    name: 'an expired key',
    code: 'AUTH_EXPIRED',
    mend: /expired.* new one/,
    send: () => listWithExpired(),
  },
  {
    ...badLogin,
    name: 'a revoked key',
    code: 'AUTH_INVALID',
    mend: /revoked.* new one/,
    send: () => list(revoked.headers),
  },
  {
    ...badLogin,
    name: 'a key in the URL',
    code: 'AUTH_INVALID',
    mend: /Send it in the Authorization header/,
    send: () => rawMcp(`${dev.gateway.mcp}?access_token=${viewer.key}`).modern({ method: 'tools/list' }),
  },
  {
    ...badLogin,
    name: 'a key in the URL beside a good one',
    code: 'AUTH_INVALID',
    mend: /Send it in the Authorization header/,
    send: () => rawMcp(`${dev.gateway.mcp}?token=${viewer.key}`, viewer.headers).modern({ method: 'tools/list' }),
  },
];

const badMessages: readonly BadInput[] = [
  {
    ...badMessage,
    name: 'JSON that breaks off',
    rpcCode: -32_700,
    code: 'WIRE_INVALID',
    mend: /Send one JSON-RPC message/,
    send: () => endpoint.send({ body: '{"jsonrpc": "2.0", ' }),
  },
  {
    ...badMessage,
    name: 'a batch',
    rpcCode: -32_600,
    code: 'WIRE_INVALID',
    mend: /send one message per request/,
    send: () => endpoint.send({ body: [{ jsonrpc: '2.0', id: 1, method: 'tools/list' }] }),
  },
  {
    ...badMessage,
    name: 'a doubled key',
    rpcCode: -32_600,
    code: 'WIRE_AMBIGUOUS',
    mend: /method/,
    send: () => endpoint.send({ body: '{"jsonrpc":"2.0","id":1,"method":"tools/list","method":"tools/call"}' }),
  },
];

const badCalls: readonly BadInput[] = [
  {
    ...hiddenItem,
    name: 'an unknown tool',
    mend: /^Unknown tool: data__no_such_tool$/,
    send: () => callTool({ name: 'data__no_such_tool' }),
  },
  {
    ...hiddenItem,
    name: 'a tool that the role lacks',
    mend: /^Unknown tool: devops__github_create_issue$/,
    send: () => callTool({ name: 'devops__github_create_issue' }),
  },
  {
    ...toolRefusal,
    name: 'an unknown argument',
    code: 'INPUT_INVALID',
    mend: /unknown key "rows".*known: sql/,
    send: () => callTool({ name: 'data__query_database', arguments: { sql: 'select 1', rows: 5 } }),
  },
  refusedQuery('a delete', 'SQL_NOT_READ_ONLY', 'delete from orders'),
  refusedQuery('a delete in a CTE', 'SQL_NOT_READ_ONLY', 'with d as (delete from orders returning *) select * from d'),
  refusedQuery('a second statement', 'SQL_MULTIPLE_STATEMENTS', 'select 1; drop table orders'),
  refusedQuery('a commit before a drop', 'SQL_MULTIPLE_STATEMENTS', 'commit; drop table orders'),
  refusedQuery('a select into', 'SQL_NOT_READ_ONLY', 'select * into stolen from orders'),
  refusedQuery('a file read', 'SQL_FUNCTION_DENIED', "select pg_read_file('/etc/passwd')"),
  refusedQuery('a file read in FROM', 'SQL_FUNCTION_DENIED', "select * from pg_read_file('/etc/passwd')"),
  refusedQuery('a setting', 'SQL_FUNCTION_DENIED', "select set_config('statement_timeout', '0', false)"),
  refusedFile('a path upwards', 'docs/../../package.json'),
  refusedFile('an absolute path', '/etc/passwd'),
  refusedFile('a root that is none', '../package.json'),
];

test.each([...badCredentials, ...badMessages, ...badCalls])(
  'answers $name with $code and the mend, leaks nothing, and records it (06 R1 to R5)',
  async (input) => {
    const answer = await input.send();

    const { text, ...refusal } = readRefusal(answer);
    const { status, rpcCode, code } = input;
    expect(refusal).toEqual({ status, code, ...(rpcCode === undefined ? {} : { rpcCode }) });
    expect(text).toMatch(input.mend);
    expect(textsWithin(answer.text + JSON.stringify(answer.headers), inside)).toEqual([]);
    await expectRecord(input);
    // 06 R2, R3: whatever was sent, no process ended and no row of the demo changed.
    expect(await whatMustStay()).toEqual(before);
  },
);

test('answers a body of 5 MiB with 413 and the limit', async () => {
  const response = await fetch(dev.gateway.mcp, {
    method: 'POST',
    headers: { ...viewer.headers, 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: Buffer.alloc(5 * 1024 * 1024, ' '),
  });

  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({
    error: { code: -31_005, message: expect.stringMatching(/limit is 4194304 .*Send less/) },
  });
  await expectRecord({ code: 'WIRE_TOO_LARGE', audit: 'invalid', isKnown: true });
  expect(await whatMustStay()).toEqual(before);
});

test('04 G-34: a tool that the role lacks is byte for byte a tool that does not exist', async () => {
  const [hidden, unknown] = ['devops__github_get_issue', 'devops__github_get_issux'];

  const [ofHidden, ofUnknown] = [await callTool({ name: hidden }), await callTool({ name: unknown })];

  expect(ofHidden.text.replaceAll(hidden, '')).toBe(ofUnknown.text.replaceAll(unknown, ''));
  expect(ofHidden.status).toBe(ofUnknown.status);
});

test.each([
  { name: 'a text that looks like a drop', sql: "select 'DROP TABLE orders; --' as note" },
  { name: 'a window function', sql: 'select id, rank() over (order by total_cents desc) from orders limit 3' },
  { name: 'a nested comment', sql: 'select /* a /* b */ c */ count(*) from orders' },
])('near miss: $name works', async ({ sql }) => {
  const { messages } = await callTool({ name: 'data__query_database', arguments: { sql } });

  expect(messages.at(-1)?.result).toMatchObject({ structuredContent: { truncated: false } });
  expect(messages.at(-1)?.result).not.toHaveProperty('isError', true);
});

test('near miss: a file whose name begins with two dots is looked for and not refused as a way out', async () => {
  const answer = await callTool({
    name: 'data__find_files',
    arguments: { pattern: '..notes.md', include_hidden: true },
  });

  expect(answer.messages.at(-1)?.result).toMatchObject({ structuredContent: { files: [] } });
});

function refusedQuery(name: string, code: string, sql: string): BadInput {
  const call = { name: 'data__query_database', arguments: { sql } };
  return { ...toolRefusal, name, code, mend: /Send |Call |Allowed are /, send: () => callTool(call) };
}

function refusedFile(name: string, file: string): BadInput {
  const call = { name: 'data__read_file', arguments: { path: file } };
  return { ...toolRefusal, name, code: 'FILE_NOT_FOUND', mend: /find_files lists them/, send: () => callTool(call) };
}

interface ToolCall {
  readonly name: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
}

function list(headers: RawRequest['headers']): Promise<RawAnswer> {
  return rawMcp(dev.gateway.mcp, headers).modern({ method: 'tools/list' });
}

/** The key is good for 200 ms: the first answer that is none is what an expired key gets. */
async function listWithExpired(): Promise<RawAnswer> {
  return await until(
    async () => {
      const answer = await list(expiring.headers);
      return answer.status === 200 ? undefined : answer;
    },
    { withinMs: 10_000, what: 'the key to end' },
  );
}

function callTool({ name, arguments: args = {} }: ToolCall): Promise<RawAnswer> {
  return endpoint.modern({ method: 'tools/call', params: { name, arguments: args } });
}

async function whatMustStay(): Promise<unknown> {
  const now = await readDevJson(fleet.stateFolder);
  const ops = [now.gateway, ...Object.values(now.services)].map((service) => `${service.ops}/readyz`);
  return {
    services: now.services,
    ready: await Promise.all(ops.map(async (url) => (await fetch(url)).status)),
    data: await demoDataDigest(now.postgres?.demo ?? ''),
  };
}

/** Equal refusals within a second are one record, which is written when the second is over (04 G-67). */
async function expectRecord({ code, audit, isKnown }: Pick<BadInput, 'code' | 'audit' | 'isKnown'>): Promise<void> {
  const found = async (): Promise<AuditEvent | undefined> =>
    (await readAudit(fleet.stateFolder)).findLast(
      (event) =>
        event.at >= startedAt &&
        event.decision.outcome === audit &&
        (event.code === code || event.outcome === 'tool_error') &&
        event.principal?.sub === (isKnown ? viewer.name : undefined),
    );
  await until(found, { withinMs: 10_000, what: `an audit record of ${code}` });
}
