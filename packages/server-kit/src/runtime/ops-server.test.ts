import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { problem } from '@fairlead/contracts';
import { expect, onTestFinished, test } from 'vitest';
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts';
import type { HealthCheck, HealthState } from './health.ts';
import { createHostGuard } from './host-guard.ts';
import { createLogger } from './logger.ts';
import { createMetrics } from './metrics.ts';
import { startOpsServer } from './ops-server.ts';

interface OpenServer {
  readonly url: string;
  readonly port: number;
  readonly clock: FakeClock;
  readonly lines: string[];
  readonly drain: () => void;
}

async function openServer({
  health = [],
  started = true,
  host = '127.0.0.1',
}: { health?: HealthCheck[]; started?: boolean; host?: string } = {}): Promise<OpenServer> {
  const draining = new AbortController();
  const clock = createFakeClock();
  const lines: string[] = [];
  const server = await startOpsServer({
    host,
    port: 0,
    health,
    metrics: createMetrics({ name: 'data' }),
    draining: draining.signal,
    startedSignal: started ? AbortSignal.abort() : new AbortController().signal,
    hostGuard: createHostGuard({ allowedHosts: ['mcp.example.com'], allowedOrigins: [], boundHost: host }),
    log: createLogger({ name: 'data', level: 'info', destination: { write: (line) => void lines.push(line) } }),
    clock,
  });
  onTestFinished(() => server.close());
  return { url: `http://127.0.0.1:${server.port}`, port: server.port, clock, lines, drain: () => draining.abort() };
}

function part(name: string, required: boolean, check: (signal: AbortSignal) => Promise<HealthState>): HealthCheck {
  return { part: name, required, effect: `no ${name}`, check };
}

async function ask(url: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url);
  return { status: response.status, body: await response.json() };
}

const up = async (): Promise<HealthState> => ({ status: 'up' });
const down = async (): Promise<HealthState> => ({ status: 'down', reason: 'refused' });

test('is alive, started and ready', async () => {
  const { url } = await openServer({ health: [part('pool', true, up)] });

  expect(await ask(`${url}/livez`)).toEqual({ status: 200, body: { status: 'alive' } });
  expect(await ask(`${url}/startupz`)).toEqual({ status: 200, body: { status: 'started' } });
  expect(await ask(`${url}/readyz?verbose=1`)).toEqual({ status: 200, body: { status: 'ready', degraded: [] } });
});

test('is alive but not ready before the start is complete', async () => {
  const { url } = await openServer({ started: false });

  expect((await ask(`${url}/livez`)).status).toBe(200);
  expect(await ask(`${url}/startupz`)).toEqual({ status: 503, body: { status: 'starting' } });
  expect(await ask(`${url}/readyz`)).toEqual({ status: 503, body: { status: 'starting' } });
});

test('is ready with the degraded part named, and keeps since when', async () => {
  const { url, clock } = await openServer({ health: [part('pool', true, up), part('cache', false, down)] });
  const degraded = [{ part: 'cache', since: '2026-01-01T00:00:00.000Z', reason: 'refused', effect: 'no cache' }];

  expect(await ask(`${url}/readyz`)).toEqual({ status: 200, body: { status: 'degraded', degraded } });
  await clock.advance(60_000);
  expect(await ask(`${url}/readyz`)).toEqual({ status: 200, body: { status: 'degraded', degraded } });
});

test('is not ready with the failing part named, until it is back', async () => {
  let state: HealthState = { status: 'down', reason: 'refused' };
  const { url, clock, lines } = await openServer({ health: [part('pool', true, async () => state)] });

  expect(await ask(`${url}/readyz`)).toMatchObject({
    status: 503,
    body: { status: 'unavailable', failing: [{ part: 'pool', reason: 'refused' }] },
  });
  state = { status: 'up' };
  await clock.advance(1_000);
  expect((await ask(`${url}/readyz`)).status).toBe(200);

  expect(lines.map((line): unknown => JSON.parse(line).msg)).toEqual(['part.failed', 'part.recovered']);
});

test('is not ready from the moment it drains, and still alive (03 P-20)', async () => {
  const { url, drain } = await openServer({ health: [part('pool', true, up)] });
  await ask(`${url}/readyz`);

  drain();

  expect(await ask(`${url}/readyz`)).toEqual({ status: 503, body: { status: 'draining' } });
  expect((await ask(`${url}/livez`)).status).toBe(200);
});

test('asks the parts once a second at most, however many probes come', async () => {
  let asked = 0;
  const counted = async (): Promise<HealthState> => {
    asked += 1;
    return { status: 'up' };
  };
  const { url, clock } = await openServer({ health: [part('pool', true, counted)] });

  await Promise.all([ask(`${url}/readyz`), ask(`${url}/readyz`), ask(`${url}/readyz`)]);
  await clock.advance(999);
  await ask(`${url}/readyz`);
  expect(asked).toBe(1);

  await clock.advance(1);
  await ask(`${url}/readyz`);
  expect(asked).toBe(2);
});

test('counts a part as down that does not answer within a second, and aborts the question', async () => {
  const asked = Promise.withResolvers<AbortSignal>();
  const hang = (signal: AbortSignal): Promise<HealthState> => {
    asked.resolve(signal);
    return new Promise(() => undefined);
  };
  const { url, clock } = await openServer({ health: [part('pool', false, hang)] });

  const answer = ask(`${url}/readyz`);
  const signal = await asked.promise;
  await clock.advance(1_000);

  expect(await answer).toMatchObject({
    status: 200,
    body: { degraded: [{ reason: 'gave no answer within 1000 ms' }] },
  });
  expect(signal.aborted).toBe(true);
});

test('shows nothing of the error of a check that throws', async () => {
  const { url } = await openServer({
    health: [part('pool', true, () => Promise.reject(new Error('db.internal refused root')))],
  });

  const { status, body } = await ask(`${url}/readyz`);

  expect(status).toBe(503);
  expect(JSON.stringify(body)).not.toContain('internal');
});

test('sees parts that are added while the process starts', async () => {
  const health: HealthCheck[] = [];
  const { url } = await openServer({ health });

  health.push(part('pool', true, down));

  expect((await ask(`${url}/readyz`)).status).toBe(503);
});

test('shows metrics as Prometheus text', async () => {
  const { url } = await openServer();

  const response = await fetch(`${url}/metrics`);

  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect(await response.text()).toContain('process_cpu_seconds_total{service="data"}');
});

test('answers other paths with a problem that names the pages', async () => {
  const { url } = await openServer();

  const response = await fetch(`${url}/admin`);

  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(problem.parse(await response.json())).toMatchObject({
    status: 404,
    code: 'NOT_FOUND',
    detail: 'Here are /livez, /startupz, /readyz, /metrics.',
  });
});

test.each(['POST', 'PUT', 'DELETE', 'PATCH'])('answers %s with 405 and what is allowed', async (method) => {
  const { url } = await openServer();

  const response = await fetch(`${url}/livez`, { method });

  expect(response.status).toBe(405);
  expect(response.headers.get('allow')).toBe('GET, HEAD');
  expect(problem.parse(await response.json())).toMatchObject({ code: 'WIRE_METHOD' });
});

test('answers HEAD without a body', async () => {
  const { url } = await openServer();

  const response = await fetch(`${url}/livez`, { method: 'HEAD' });

  expect(response.status).toBe(200);
  expect(await response.text()).toBe('');
});

async function askRaw(port: number, headers: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET /livez HTTP/1.1\r\n${headers}Connection: close\r\n\r\n`);
  return text(socket);
}

test.each([
  ['Host: evil.example\r\n', 'WIRE_HOST_DENIED'],
  ['Host: localhost\r\nHost: evil.example\r\n', 'WIRE_HOST_DENIED'],
  ['Host: localhost\r\nOrigin: https://evil.example\r\n', 'WIRE_ORIGIN_DENIED'],
  ['Host: localhost\r\nOrigin: null\r\n', 'WIRE_ORIGIN_DENIED'],
])('on loopback, refuses %j (06 N13)', async (headers, code) => {
  const { port } = await openServer();

  const answer = await askRaw(port, headers);

  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer).toContain(code);
});

test('elsewhere, answers probes that come with the address of a pod (03 P-10)', async () => {
  const { port } = await openServer({ host: '0.0.0.0' });

  expect(await askRaw(port, 'Host: 10.42.0.17:9090\r\n')).toMatch(/^HTTP\/1\.1 200 /);
});

test('throws when its port is taken', async () => {
  const { port } = await openServer();
  const draining = new AbortController().signal;
  const log = createLogger({ name: 'data', level: 'silent' });
  const hostGuard = createHostGuard({ allowedHosts: [], allowedOrigins: [], boundHost: '127.0.0.1' });
  const metrics = createMetrics({ name: 'data' });

  await expect(
    startOpsServer({ host: '127.0.0.1', port, health: [], metrics, draining, startedSignal: draining, hostGuard, log }),
  ).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('ends open connections when it closes', async () => {
  const draining = new AbortController().signal;
  const log = createLogger({ name: 'data', level: 'silent' });
  const hostGuard = createHostGuard({ allowedHosts: [], allowedOrigins: [], boundHost: '127.0.0.1' });
  const metrics = createMetrics({ name: 'data' });
  const server = await startOpsServer({
    host: '127.0.0.1',
    port: 0,
    health: [],
    metrics,
    draining,
    startedSignal: draining,
    hostGuard,
    log,
  });
  const idle = connect(server.port, '127.0.0.1');
  idle.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
  await once(idle, 'data');
  const closed = once(idle, 'close');

  await server.close();
  await server.close();

  // A kept-alive connection would hold the process for seconds.
  await expect(closed).resolves.toEqual([false]);
});
