import type { AuditEvent, DevJson } from '@fairlead/contracts';
import { rawMcp, type RawMcp } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { beforeAll, expect, test } from 'vitest';
import { makeKey, type MadeKey } from './fleet/make-key.ts';
import { readAudit, readAuditText } from './fleet/read-audit.ts';
import { readDevJson } from './fleet/read-dev-json.ts';
import { sharedFleet } from './fleet/shared-fleet.ts';

const fleet = sharedFleet();
/** Texts that stand in arguments, results and credentials of this file, and may stand in no line. */
const canary = { argument: 'canary-argument-4711', result: 'canary-result-0815', key: 'canarykey' };

let dev: DevJson;
let analyst: MadeKey;
let developer: MadeKey;
let viewer: MadeKey;

beforeAll(async () => {
  dev = await readDevJson(fleet.stateFolder);
  const make = (role: string): Promise<MadeKey> => makeKey(fleet.stateFolder, { name: `audit ${role}`, role });
  [analyst, developer, viewer] = await Promise.all([make('analyst'), make('developer'), make('viewer')]);
});

/** One call, and what its record has to say. */
interface RecordedCall {
  readonly name: string;
  readonly caller: () => MadeKey;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly record: Partial<AuditEvent>;
}

const sqlWithCanary = `select '${canary.argument}' as a, 'canary-result-' || '0815' as b`;
const calls: readonly RecordedCall[] = [
  {
    name: 'a list',
    caller: () => analyst,
    method: 'tools/list',
    params: {},
    record: { method: 'tools/list', decision: { outcome: 'allow' }, outcome: 'ok' },
  },
  {
    name: 'a read',
    caller: () => analyst,
    method: 'tools/call',
    params: { name: 'data__query_database', arguments: { sql: sqlWithCanary } },
    record: { server: 'data', tool: 'data__query_database', effect: 'read', outcome: 'ok' },
  },
  {
    name: 'a read that the server refuses',
    caller: () => analyst,
    method: 'tools/call',
    params: { name: 'data__query_database', arguments: { sql: `delete from orders where '${canary.argument}' = ''` } },
    record: { server: 'data', tool: 'data__query_database', outcome: 'tool_error' },
  },
  {
    name: 'a write',
    caller: () => developer,
    method: 'tools/call',
    params: {
      name: 'devops__github_create_issue',
      arguments: { owner: 'acme', repo: 'shop', title: canary.argument, dry_run: true },
    },
    record: { server: 'devops', tool: 'devops__github_create_issue', effect: 'write', outcome: 'ok' },
  },
  {
    name: 'a tool that is hidden',
    caller: () => viewer,
    method: 'tools/call',
    params: { name: 'devops__github_create_issue', arguments: { title: canary.argument } },
    record: { tool: 'devops__github_create_issue', outcome: 'refused', code: 'ITEM_UNKNOWN' },
  },
  {
    name: 'a prompt',
    caller: () => analyst,
    method: 'prompts/get',
    params: { name: 'data__analyze_table', arguments: { table: 'orders' } },
    record: { server: 'data', tool: 'data__analyze_table', outcome: 'ok' },
  },
  {
    name: 'a resource',
    caller: () => analyst,
    method: 'resources/read',
    params: { uri: 'db://main/public/orders' },
    record: { server: 'data', tool: 'db://main/public/orders', outcome: 'ok' },
  },
];

test.each(calls)('04 G-67: $name has its record, found by the trace that the caller sent', async (call) => {
  const { id, name, headers } = call.caller();
  const traceId = newTraceId();

  const { text } = await endpointOf(headers).modern({
    method: call.method,
    params: call.params,
    headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
  });

  const record = await recordOf((event) => event.traceId === traceId, call.name);
  expect(record).toMatchObject({ method: call.method, ...call.record });
  expect(record.principal).toMatchObject({ sub: name, keyId: id, via: 'key' });
  expect(record.bytes).toBeGreaterThan(0);
  expect(record.bytes).toBeLessThanOrEqual(Buffer.byteLength(text));
});

test('04 G-67: a login that is refused has its record, without a principal and without what was sent', async () => {
  const startedAt = new Date().toISOString();

  await endpointOf({ authorization: `Bearer flk_${canary.key}_${canary.key}` }).modern({ method: 'tools/list' });

  const record = await recordOf(
    (event) => event.at >= startedAt && event.decision.outcome === 'unauthenticated',
    'a refused login',
  );
  expect(record).toMatchObject({ outcome: 'refused', code: 'AUTH_INVALID', address: '127.0.0.1' });
  expect(record).not.toHaveProperty('principal');
});

test('04 G-67: calls of the admin API have their records', async () => {
  const startedAt = new Date().toISOString();

  const made = await makeKey(fleet.stateFolder, { name: 'audit made', role: 'viewer' });
  await fetch(`${dev.gateway.url}/api/v1/keys`, { headers: viewer.headers });

  const created = await recordOf(
    (event) => event.at >= startedAt && event.principal?.sub === 'demo admin' && event.method.startsWith('POST'),
    'a key that was made',
  );
  expect(created).toMatchObject({ decision: { outcome: 'allow' }, outcome: 'ok' });
  const denied = await recordOf(
    (event) => event.principal?.sub === viewer.name && event.method.startsWith('GET'),
    'a denial',
  );
  expect(denied).toMatchObject({ decision: { outcome: 'deny' }, outcome: 'refused' });
  expect(await readAuditText(fleet.stateFolder)).not.toContain(made.key);
});

test('04 G-68: equal arguments have equal digests, others have others, and none is in clear', async () => {
  const digests: (string | undefined)[] = [];
  for (const sql of ['select 1', 'select 1', 'select 2']) {
    const traceId = newTraceId();
    await endpointOf(analyst.headers).modern({
      method: 'tools/call',
      params: { name: 'data__query_database', arguments: { sql } },
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    });
    digests.push((await recordOf((event) => event.traceId === traceId, sql)).argsDigest);
  }

  const [first, second, third] = digests;
  expect(first).toMatch(/^[\w-]{43}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('04 G-68, 06 N22: no line holds an argument, a result or a key', async () => {
  await endpointOf(analyst.headers).modern({
    method: 'tools/call',
    params: { name: 'data__query_database', arguments: { sql: sqlWithCanary } },
  });
  await endpointOf({ authorization: `Bearer flk_${canary.key}_${canary.key}` }).modern({ method: 'tools/list' });
  await recordOf((event) => event.principal?.sub === analyst.name && event.outcome === 'ok', 'the read');

  const text = await readAuditText(fleet.stateFolder);

  const keys = [...Object.values(dev.keys), analyst.key, developer.key, viewer.key];
  const secrets = keys.map((key) => key.split('_')[2] ?? key);
  expect([...Object.values(canary), ...secrets].filter((each) => text.includes(each))).toEqual([]);
});

test('04 G-67: the records are numbered without a gap, in the order of time', async () => {
  const events = await readAudit(fleet.stateFolder);

  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted());
});

function endpointOf(headers: Readonly<Record<string, string>>): RawMcp {
  return rawMcp(dev.gateway.mcp, headers);
}

function newTraceId(): string {
  return crypto.randomUUID().replaceAll('-', '');
}

/** Records are written 10 ms after the answer; folded ones a second later. */
async function recordOf(isIt: (event: AuditEvent) => boolean, what: string): Promise<AuditEvent> {
  return await until(async () => (await readAudit(fleet.stateFolder)).find(isIt), {
    withinMs: 10_000,
    what: `the record of ${what}`,
  });
}
