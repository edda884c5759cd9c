import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../logger.ts';
import { createTracing, type TracingOptions } from './create-tracing.ts';

const attribute = z.object({ key: z.string(), value: z.looseObject({ stringValue: z.string().optional() }) });
const otlpSpan = z.looseObject({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
  kind: z.number(),
  status: z.looseObject({ code: z.number() }),
  attributes: z.array(attribute),
  links: z.array(z.looseObject({ spanId: z.string() })),
});
const exportRequest = z.looseObject({
  resourceSpans: z.array(
    z.looseObject({
      resource: z.looseObject({ attributes: z.array(attribute) }),
      scopeSpans: z.array(z.looseObject({ spans: z.array(otlpSpan) })),
    }),
  ),
});

interface Collector {
  readonly endpoint: string;
  readonly paths: string[];
  readonly services: (string | undefined)[];
  readonly spans: z.infer<typeof otlpSpan>[];
}

/** A double of an OTLP collector: takes spans as JSON over HTTP. */
async function startCollector(status = 200): Promise<Collector> {
  const received: Omit<Collector, 'endpoint'> = { paths: [], services: [], spans: [] };
  const server = createServer((request, response) => void take(request, response));

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    received.paths.push(request.url ?? '');
    for (const { resource, scopeSpans } of exportRequest.parse(await json(request)).resourceSpans) {
      received.services.push(resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue);
      received.spans.push(...scopeSpans.flatMap(({ spans }) => spans));
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { ...received, endpoint: `http://127.0.0.1:${port}` };
}

function quietOptions(options: Partial<TracingOptions> = {}): TracingOptions {
  return { serviceName: 'fairlead-data', log: createLogger({ name: 'data', level: 'silent' }), ...options };
}

const parent = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', sampled: true };

test('sends spans with parent, link, kind, attributes and service name to the collector', async () => {
  const collector = await startCollector();
  const tracing = await createTracing(quietOptions({ endpoint: `${collector.endpoint}/`, sampleRatio: 0 }));
  const link = { ...parent, spanId: '1111111111111111' };

  const span = tracing.startSpan('tools/call query_database', {
    kind: 'server',
    parent,
    link,
    attributes: { 'mcp.method.name': 'tools/call' },
  });
  span.setAttributes({ 'fairlead.decision': 'allow' });
  const child = tracing.startSpan('hop', { kind: 'client', parent: span });
  child.end();
  span.end();
  await tracing.shutdown();

  expect(collector.paths).toEqual(['/v1/traces']);
  expect(collector.services).toEqual(['fairlead-data']);
  expect(span).toMatchObject({ traceId: parent.traceId, sampled: true });
  expect(
    collector.spans.map(({ name, kind, traceId, spanId, parentSpanId, links }) => ({
      name,
      kind,
      traceId,
      spanId,
      parentSpanId,
      links: links.map((each) => each.spanId),
    })),
  ).toEqual([
    { name: 'hop', kind: 3, traceId: parent.traceId, spanId: child.spanId, parentSpanId: span.spanId, links: [] },
    {
      name: 'tools/call query_database',
      kind: 2,
      traceId: parent.traceId,
      spanId: span.spanId,
      parentSpanId: parent.spanId,
      links: [link.spanId],
    },
  ]);
  expect(collector.spans[1]?.attributes).toEqual([
    { key: 'mcp.method.name', value: { stringValue: 'tools/call' } },
    { key: 'fairlead.decision', value: { stringValue: 'allow' } },
  ]);
});

test('sends failed spans whatever the sampling, and no others of an unsampled trace (04 G-87)', async () => {
  const collector = await startCollector();
  const tracing = await createTracing(quietOptions({ endpoint: collector.endpoint, sampleRatio: 0 }));

  tracing.startSpan('good', { kind: 'server' }).end();
  const bad = tracing.startSpan('bad', { kind: 'server', parent: { ...parent, sampled: false } });
  bad.fail('tool_error');
  bad.end();
  await tracing.shutdown();

  expect(bad.sampled).toBe(false);
  expect(collector.spans).toMatchObject([
    { name: 'bad', status: { code: 2 }, attributes: [{ key: 'error.type', value: { stringValue: 'tool_error' } }] },
  ]);
});

test('records all new traces at ratio 1', async () => {
  const collector = await startCollector();
  const tracing = await createTracing(quietOptions({ endpoint: collector.endpoint, sampleRatio: 1 }));

  tracing.startSpan('a', { kind: 'internal' }).end();
  await tracing.shutdown();

  expect(collector.spans).toMatchObject([{ name: 'a', kind: 1 }]);
});

test('says in the log when a collector refuses spans', async () => {
  const collector = await startCollector(400);
  const lines: string[] = [];
  const log = createLogger({ name: 'data', level: 'warn', destination: { write: (line) => void lines.push(line) } });
  const tracing = await createTracing(quietOptions({ endpoint: collector.endpoint, sampleRatio: 1, log }));

  tracing.startSpan('a', { kind: 'internal' }).end();
  tracing.startSpan('b', { kind: 'internal' }).end();
  await tracing.shutdown();

  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ msg: 'traces.lost', lostSpans: 2 }]);
});

test('without a collector, carries ids on and records nothing', async () => {
  const tracing = await createTracing(quietOptions());

  const span = tracing.startSpan('a', { kind: 'server', parent });
  span.setAttributes({ a: 1 });
  span.fail('x');
  span.end();
  const first = tracing.startSpan('b', { kind: 'server' });

  // The next hop hangs below the caller's span, since this one is recorded nowhere.
  expect(span).toMatchObject(parent);
  expect(first.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(first.spanId).toMatch(/^[0-9a-f]{16}$/);
  expect(first.spanId).toBe(first.spanId);
  expect(first.sampled).toBe(false);
  await tracing.shutdown();
});

test.each([-0.1, 1.1, Number.NaN])('refuses the ratio %d', async (sampleRatio) => {
  await expect(createTracing(quietOptions({ sampleRatio }))).rejects.toThrow(RangeError);
});
