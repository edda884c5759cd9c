import { once } from 'node:events';
import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { problem } from '@fairlead/contracts';
import { rawMcp, type RawAnswer } from '@fairlead/testkit/clients';
import { until } from '@fairlead/testkit/waiting';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { reloadAnswer } from '../../src/admin/admin-schemas.ts';
import { sendBody, sendResult, startBackendDouble, type BackendDouble } from '../support/backend-double.ts';
import { readReadiness } from '../support/read-readiness.ts';
import { startLoad } from '../support/start-load.ts';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../support/start-test-gateway.ts';

const bearer = (env: string) => ({ credentials: { bearer: { from: { env } } } });
const tool = (name: string) => ({ name, inputSchema: { type: 'object' } });
const roles = { admin: { allow: ['*'] }, reader: { allow: ['tool:notes__read', 'tool:notes__write'] } };
const withinMs = 10_000;

let stack: AsyncDisposableStack;
beforeEach(() => {
  stack = new AsyncDisposableStack();
});
afterEach(() => stack.disposeAsync());

interface Scene {
  readonly notes: BackendDouble;
  readonly gateway: TestGateway;
}

async function setUp(options: TestGatewayOptions = {}): Promise<Scene> {
  const notes = stack.use(await startBackendDouble({ tools: [tool('read'), tool('write')] }));
  const gateway = stack.use(await startTestGateway({ servers: { notes: { url: notes.url } }, roles, ...options }));
  return { notes, gateway };
}

function list(gateway: TestGateway, role = 'admin'): Promise<RawAnswer> {
  return rawMcp(gateway.mcp, gateway.as(role)).modern({ method: 'tools/list' });
}

function call(gateway: TestGateway, name: string, role = 'admin'): Promise<RawAnswer> {
  return rawMcp(gateway.mcp, gateway.as(role)).modern({ method: 'tools/call', params: { name, arguments: {} } });
}

async function names(gateway: TestGateway, role = 'admin'): Promise<readonly unknown[]> {
  const tools = (await list(gateway, role)).messages[0]?.result?.['tools'];
  return Array.isArray(tools) ? tools.map(({ name }: { name: unknown }) => name) : [];
}

/** A tool call that its server answers when it is told to. */
async function startHeldBackend(port?: number) {
  const { promise: arrived, resolve: onArrival } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const backend = stack.use(
    await startBackendDouble({
      tools: [tool('hold')],
      answers: {
        'tools/call': (seen, response) => {
          onArrival();
          void released.then(() => sendResult(response, seen, { content: [{ type: 'text', text: 'held' }] }));
        },
      },
      ...(port === undefined ? {} : { port }),
    }),
  );
  return { backend, arrived, release };
}

test('04 G-83: 100 reloads under load cost no call, and the connections to a server do not grow', async () => {
  const { notes, gateway } = await setUp();
  const lanes = 8;
  const load = startLoad(lanes, async () => {
    const answer = await call(gateway, 'notes__read', 'reader');
    return answer.text.includes('done') ? undefined : answer.text;
  });
  stack.defer(async () => void (await load.stop()));
  let connectionsMax = 0;

  for (let round = 0; round < 100; round += 1) {
    const answer = await gateway.reload({
      servers: { notes: { url: notes.url, owner: `team-${round}`, timeout: `${10 + (round % 7)}s` } },
      roles: { ...roles, [`role-${round % 5}`]: { allow: [`data:verb-${round}`] } },
      limits: [{ rate: `${100_000 + round}/s`, burst: 100_000 }],
    });
    expect(answer.status).toBe(200);
    connectionsMax = Math.max(connectionsMax, notes.connections());
  }

  const { sent, failures } = await load.stop();
  expect(failures).toEqual([]);
  expect(sent).toBeGreaterThan(100);
  // One for each call at a time, and those of a discovery, which reads four lists at once.
  expect(connectionsMax).toBeLessThanOrEqual(lanes + 5);
  const metrics = await (await fetch(`${gateway.opsUrl}/metrics`)).text();
  expect(metrics).toMatch(/fairlead_config_reloads_total\{outcome="loaded",[^}]*\} 100\n/);
});

test('04 G-83: servers that come and go under load cost no call of the others, and leave no connection', async () => {
  const { notes, gateway } = await setUp();
  const guests = await Promise.all([0, 1].map(() => startBackendDouble({ tools: [tool('visit')] })));
  for (const guest of guests) stack.use(guest);
  const load = startLoad(4, async () => {
    const answer = await call(gateway, 'notes__read');
    return answer.text.includes('done') ? undefined : answer.text;
  });
  stack.defer(async () => void (await load.stop()));

  for (let round = 0; round < 40; round += 1) {
    const guest = guests[round % 2]?.url;
    const answer = await gateway.reload({ servers: { notes: { url: notes.url }, guest: { url: guest } } });
    expect(answer.status).toBe(200);
  }
  await gateway.reload({});

  expect((await load.stop()).failures).toEqual([]);
  await until(() => guests.every((guest) => guest.connections() === 0), { withinMs, what: 'every guest to be left' });
});

test('04 G-83: a role that loses a tool loses it in the list and in the call at once', async () => {
  const { gateway } = await setUp();
  expect(await names(gateway, 'reader')).toEqual(['notes__read', 'notes__write']);

  await gateway.reload({ roles: { ...roles, reader: { allow: ['tool:notes__read'] } } });

  expect(await names(gateway, 'reader')).toEqual(['notes__read']);
  expect((await call(gateway, 'notes__write', 'reader')).text).toContain('Unknown tool');
  expect((await call(gateway, 'notes__read', 'reader')).text).toContain('done');
});

test('04 G-83: a caller whose key file is no longer named is not known any more', async () => {
  const { gateway } = await setUp();
  await writeFile(join(gateway.folder, 'none.json'), '{"version":1,"keys":[]}');

  await gateway.reload({ identity: { keys: { from: { file: 'none.json' } } } });

  expect((await list(gateway, 'reader')).status).toBe(401);
  // Nobody is left who could ask for a reload: the file itself is what is looked at.
  await gateway.writeConfig({});
  await until(async () => (await list(gateway, 'reader')).status === 200, { withinMs, what: 'the key file of before' });
});

test('04 G-83: a limit keeps its count over a reload that does not touch it', async () => {
  const limit = { match: { role: 'reader' }, rate: '1/h', burst: 2 };
  const { gateway } = await setUp({ limits: [limit] });
  await call(gateway, 'notes__read', 'reader');
  await call(gateway, 'notes__read', 'reader');

  await gateway.reload({ limits: [{ rate: '1000/s', match: { role: 'admin' } }, limit] });
  expect((await call(gateway, 'notes__read', 'reader')).text).toContain('LIMIT_RATE');

  await gateway.reload({ limits: [{ ...limit, burst: 3 }] });
  expect((await call(gateway, 'notes__read', 'reader')).text).toContain('done');
});

test('04 G-83: a server that is added is discovered and listed', async () => {
  const { notes, gateway } = await setUp();
  const extra = stack.use(await startBackendDouble({ tools: [tool('more')] }));

  await gateway.reload({ servers: { notes: { url: notes.url }, extra: { url: extra.url } } });

  await until(async () => (await names(gateway)).includes('extra__more'), { withinMs, what: 'the new server' });
  expect((await call(gateway, 'extra__more')).text).toContain('done');
  await until(async () => (await readReadiness(gateway)).status === 'ready', { withinMs, what: 'all parts' });
});

test('04 G-83: a server that is removed disappears at once, and a call to it that is in flight still ends', async () => {
  const { notes, gateway } = await setUp();
  const { backend, arrived, release } = await startHeldBackend();
  await gateway.reload({ servers: { notes: { url: notes.url }, held: { url: backend.url } } });
  await until(async () => (await names(gateway)).includes('held__hold'), { withinMs, what: 'the held server' });
  const inFlight = call(gateway, 'held__hold');
  await arrived;

  await gateway.reload({});

  expect(await names(gateway)).toEqual(['notes__read', 'notes__write']);
  expect((await call(gateway, 'held__hold')).text).toContain('Unknown tool');
  expect(
    (await rawMcp(`${gateway.url}/servers/held/mcp`, gateway.as('admin')).modern({ method: 'tools/list' })).status,
  ).toBe(404);
  release();
  expect((await inFlight).text).toContain('held');
});

test('04 G-83: a call that was still being sent when its server was removed reaches it', async () => {
  const { notes, gateway } = await setUp();
  const body = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'notes__read', arguments: {}, _meta: envelope },
  });
  const sending = request(gateway.mcp, {
    method: 'POST',
    headers: {
      ...gateway.as('admin'),
      'content-type': 'application/json',
      accept: 'application/json',
      'mcp-protocol-version': '2026-07-28',
      'mcp-method': 'tools/call',
      'mcp-name': 'notes__read',
      'content-length': Buffer.byteLength(body),
      // Answered when the call has begun, and before its body is asked for.
      expect: '100-continue',
    },
  });
  const answered: Promise<IncomingMessage[]> = once(sending, 'response').then((values) => values);
  sending.flushHeaders();
  await once(sending, 'continue');

  await gateway.reload({ servers: {} });

  expect(await names(gateway)).toEqual([]);
  sending.end(body);
  const [answer] = await answered;
  expect(answer === undefined ? '' : await text(answer)).toContain('done');
  expect(notes.calls('tools/call')).toHaveLength(1);
});

const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'test', version: '1' },
};

test('04 G-83: a server of another address gets the calls from then on, and never the credential of the one before', async () => {
  const environment = { OLD_TOKEN: 'old-secret', NEW_TOKEN: 'new-secret' };
  const { backend, arrived, release } = await startHeldBackend();
  const next = stack.use(await startBackendDouble({ tools: [tool('hold')] }));
  const { gateway } = await setUp({ servers: { moving: { url: backend.url, ...bearer('OLD_TOKEN') } }, environment });
  const inFlight = call(gateway, 'moving__hold');
  await arrived;

  await gateway.reload({ servers: { moving: { url: next.url, ...bearer('NEW_TOKEN') } } });

  await until(async () => (await call(gateway, 'moving__hold')).text.includes('done'), {
    withinMs,
    what: 'the new one',
  });
  release();
  expect((await inFlight).text).toContain('held');
  expect(new Set(next.seen.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer new-secret']));
  expect(new Set(backend.seen.map(({ headers }) => headers.authorization))).toEqual(new Set(['Bearer old-secret']));
});

/** A server of the older era that gives every caller one session, and takes no other. */
async function startSessionBackend(sessionId: string): Promise<BackendDouble> {
  return stack.use(
    await startBackendDouble({
      tools: [tool('hold')],
      answers: {
        'server/discover': (_seen, response) => sendBody(response, 'unknown', 400),
        initialize(seen, response) {
          response.setHeader('mcp-session-id', sessionId);
          sendResult(response, seen, { protocolVersion: '2025-11-25', capabilities: { tools: {} }, serverInfo: {} });
        },
      },
    }),
  );
}

test('03 M1, 04 G-83: the session of a server of before is not told to the one that takes its name', async () => {
  const [first, second] = [await startSessionBackend('first'), await startSessionBackend('second')];
  const { gateway } = await setUp({ servers: { old: { url: first.url } } });
  const callOld = () =>
    rawMcp(gateway.mcp, gateway.as('admin')).legacy({ method: 'tools/call', params: { name: 'old__hold' } });
  expect((await callOld()).text).toContain('done');

  await gateway.reload({ servers: { old: { url: second.url } } });

  await until(async () => (await callOld()).text.includes('done'), { withinMs, what: 'the server that took the name' });
  const told = second.seen.map(({ headers }) => headers['mcp-session-id']);
  expect(first.calls('tools/call').at(-1)?.headers['mcp-session-id']).toBe('first');
  expect(second.calls('tools/call').at(-1)?.headers['mcp-session-id']).toBe('second');
  expect(told).not.toContain('first');
});

test('04 G-83: a secret file that changes is in force without a change of the config', async () => {
  const { notes, gateway } = await setUp();
  const file = join(gateway.folder, 'token');
  await writeFile(file, 'first');
  const servers = { notes: { url: notes.url, credentials: { bearer: { from: { file: 'token' } } } } };
  await gateway.reload({ servers });
  expect(notes.calls('tools/call')).toEqual([]);
  await call(gateway, 'notes__read');
  expect(notes.calls('tools/call').at(-1)?.headers.authorization).toBe('Bearer first');

  await writeFile(file, 'second');

  await until(
    async () => {
      await call(gateway, 'notes__read');
      return notes.calls('tools/call').at(-1)?.headers.authorization === 'Bearer second';
    },
    { withinMs, what: 'the new credential' },
  );
});

test('04 G-83: a file that is not valid changes nothing, is told of with its line, and is over when it is mended', async () => {
  const { gateway } = await setUp();
  await writeFile(
    join(gateway.folder, 'fairlead.yaml'),
    'apiVersion: fairlead.dev/v1\nkind: GatewayConfig\nservers:\n  notes: { url: "ftp://x" }\nroles: { Admin: {} }\n',
  );

  const stale = await until(async () => (await readReadiness(gateway)).degraded.find(({ part }) => part === 'config'), {
    withinMs,
    what: 'the stale config',
  });

  expect(stale.reason).toMatch(/^stale: fairlead\.yaml:4:\d+: servers\.notes\.url: .* \(and 1 more\)$/);
  expect((await readReadiness(gateway)).httpStatus).toBe(200);
  expect((await call(gateway, 'notes__read', 'reader')).text).toContain('done');
  expect(await gateway.auditRecord(({ method }) => method === 'config/reload')).toMatchObject({
    decision: { outcome: 'invalid', rule: 'poll', code: 'CONFIG_INVALID' },
    outcome: 'refused',
  });
  await gateway.writeConfig({});
  await until(async () => (await readReadiness(gateway)).status === 'ready', { withinMs, what: 'the mended config' });
});

test('04 G-83: a reload by the admin API answers a file that is not valid with its lines, as a problem document', async () => {
  const { gateway } = await setUp();
  const answer = await gateway.reload({ limits: [{ rate: 'often', match: { role: 'ghost' } }] });
  const body: unknown = await answer.json();

  expect(answer.status).toBe(409);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(problem.parse(body)).toMatchObject({
    code: 'CONFIG_INVALID',
    detail: expect.stringContaining('limits[0].rate'),
    details: { problems: [{ path: 'limits[0].rate', line: 1 }, { path: 'limits[0].match.role' }] },
  });
  const shown = await fetch(`${gateway.url}/api/v1/config`, { headers: gateway.as('admin') });
  expect(await shown.json()).toMatchObject({
    state: 'stale',
    problems: [{ path: 'limits[0].rate' }, { path: 'limits[0].match.role' }],
    config: { limits: [] },
  });
});

test.each([
  ['a secret that is not there', { credentials: { bearer: { from: { env: 'ABSENT' } } } }],
  ['a secret file that is not there', { credentials: { bearer: { from: { file: 'absent' } } } }],
])('04 G-83: %s is a config that is not valid', async (_kind, entry) => {
  const { notes, gateway } = await setUp();

  const answer = await gateway.reload({ servers: { notes: { url: notes.url, ...entry } } });

  expect(await answer.json()).toMatchObject({ details: { problems: [{ path: 'servers.notes.credentials' }] } });
  expect((await call(gateway, 'notes__read')).text).toContain('done');
});

test('04 G-83: a secret file that comes after the config which names it puts the config in force', async () => {
  const { notes, gateway } = await setUp();
  const servers = { renamed: { url: notes.url, credentials: { bearer: { from: { file: 'late' } } } } };
  expect((await gateway.reload({ servers })).status).toBe(409);

  await writeFile(join(gateway.folder, 'late'), 'token');

  await until(async () => (await names(gateway)).includes('renamed__read'), { withinMs, what: 'the config in force' });
});

test('04 G-83: a swap of symbolic links, as Kubernetes does it, is a change like any other', async () => {
  const { notes, gateway } = await setUp();
  const at = (...path: string[]) => join(gateway.folder, ...path);
  const config = (servers: object) =>
    JSON.stringify({
      apiVersion: 'fairlead.dev/v1',
      kind: 'GatewayConfig',
      servers,
      identity: { keys: { from: { file: at('keys.json') } } },
      roles,
      audit: { to: 'file', file: 'audit.jsonl' },
    });
  for (const [version, servers] of [
    ['1', { one: { url: notes.url } }],
    ['2', { two: { url: notes.url } }],
  ] as const) {
    await mkdir(at(version));
    await writeFile(at(version, 'fairlead.yaml'), config(servers));
  }
  await symlink('1', at('..data'));
  await symlink('..data/fairlead.yaml', at('link'));
  await rename(at('link'), at('fairlead.yaml'));
  await until(async () => (await names(gateway)).includes('one__read'), { withinMs, what: 'the first version' });

  await symlink('2', at('..data-next'));
  await rename(at('..data-next'), at('..data'));
  await rm(at('1'), { recursive: true });

  await until(async () => (await names(gateway)).includes('two__read'), { withinMs, what: 'the second version' });
  expect(await names(gateway)).toEqual(['two__read', 'two__write']);
});

test('04 G-83: what needs a restart stays as it is, and is named until then', async () => {
  const { gateway } = await setUp();

  await gateway.reload({ audit: { to: 'file', file: 'other.jsonl' } });

  expect((await call(gateway, 'notes__read')).text).toContain('done');
  expect(await gateway.auditRecord(({ tool: name }) => name === 'notes__read')).toBeDefined();
  const shown = await fetch(`${gateway.url}/api/v1/config`, { headers: gateway.as('admin') });
  expect(await shown.json()).toMatchObject({
    needsRestart: ['audit.file'],
    config: { audit: { file: 'audit.jsonl' } },
  });
  await until(async () => (await readReadiness(gateway)).text.includes('a restart is needed for audit.file'), {
    withinMs,
    what: 'the field to be named',
  });
});

test('04 G-67, G-83: a reload is written down with who asked for it, and one that changes nothing says so', async () => {
  const { gateway } = await setUp();
  let round = 0;
  // The poll may be the first to see a change, so there is another one until the request was.
  const answer = await until(
    async () => {
      round += 1;
      const done = reloadAnswer.parse(await (await gateway.reload({ limits: [{ rate: `${round}/s` }] })).json());
      return done.outcome === 'loaded' ? done : undefined;
    },
    { withinMs, what: 'a load by request' },
  );

  expect(answer.servers).toEqual({ added: [], removed: [], moved: [], changed: [] });
  expect(await gateway.auditRecord(({ decision }) => decision.rule === 'admin')).toMatchObject({
    method: 'config/reload',
    decision: { outcome: 'allow' },
    outcome: 'ok',
  });
  expect(await gateway.auditRecord(({ method }) => method.startsWith('POST'))).toMatchObject({
    principal: { sub: 'admin key' },
    method: 'POST /api/v1/config/reload',
  });
  expect(await (await gateway.reload({ limits: [{ rate: `${round}/s` }] })).json()).toMatchObject({
    outcome: 'unchanged',
  });
});

test('04 G-84: shows the config in force with its defaults, without a secret, and to those who may see it', async () => {
  const { notes, gateway } = await setUp({ environment: { NOTES_TOKEN: 'top-secret' } });
  const entry = { url: `${notes.url}?key=top-secret`, credentials: { bearer: { from: { env: 'NOTES_TOKEN' } } } };
  await gateway.reload({ servers: { notes: entry } });

  const shown = await fetch(`${gateway.url}/api/v1/config`, { headers: gateway.as('admin') });
  const body = await shown.text();

  expect(JSON.parse(body)).toMatchObject({
    state: 'current',
    file: 'fairlead.yaml',
    config: {
      servers: {
        notes: {
          url: `${notes.url}?***`,
          timeout: '30s',
          credentials: { bearer: { value: '***', from: { env: 'NOTES_TOKEN' } } },
        },
      },
    },
    needsRestart: [],
  });
  expect(body).not.toContain('top-secret');
  for (const [method, path] of [
    ['GET', '/config'],
    ['POST', '/config/reload'],
  ] as const) {
    const refused = await fetch(`${gateway.url}/api/v1${path}`, { method, headers: gateway.as('reader') });
    expect(refused.status).toBe(403);
  }
});
