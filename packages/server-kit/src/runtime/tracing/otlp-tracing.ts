import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
  type Context,
  type Span as ApiSpan,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  createAlwaysRecordSampler,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from '../logger.ts';
import { createFailureProcessor } from './failure-processor.ts';
import { reportExportFailures } from './report-export-failures.ts';
import type { Span, SpanAttributes, SpanOptions, Tracing } from './span.ts';
import type { TraceParent } from './trace-parent.ts';

/** Everything that recording tracing needs. */
export interface OtlpTracingOptions {
  readonly endpoint: string;
  readonly serviceName: string;
  readonly sampleRatio: number;
  readonly log: Logger;
}

const spanKinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** Makes tracing that sends spans in batches to an OTLP collector over HTTP. Registers nothing globally. */
export function createOtlpTracing({ endpoint, serviceName, sampleRatio, log }: OtlpTracingOptions): Tracing {
  const exporter = reportExportFailures(
    new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }),
    log,
  );
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': serviceName }),
    // Every span is recorded, because whether it fails is known at its end only.
    sampler: createAlwaysRecordSampler(new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampleRatio) })),
    spanProcessors: [createFailureProcessor(new BatchSpanProcessor({ exporter }))],
  });
  const tracer = provider.getTracer('fairlead');
  return {
    startSpan: (name, options) => new RecordedSpan(startSpan(tracer, name, options)),
    shutdown: () => shutDown(provider, log),
  };
}

/** Does not reject for spans that could not be sent: the log has them already, and a stop goes on without them. */
async function shutDown(provider: TracerProvider, log: Logger): Promise<void> {
  try {
    await provider.shutdown();
  } catch (error) {
    log.debug({ err: error }, 'tracing.shutdown_failed');
  }
}

function startSpan(tracer: Tracer, name: string, { kind, parent, link, attributes = {} }: SpanOptions): ApiSpan {
  const links = link === undefined ? [] : [{ context: spanContext(link) }];
  return tracer.startSpan(name, { kind: spanKinds[kind], attributes: writable(attributes), links }, contextOf(parent));
}

function contextOf(parent: TraceParent | undefined): Context {
  return parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContext(parent));
}

function spanContext({ traceId, spanId, sampled }: TraceParent): {
  traceId: string;
  spanId: string;
  traceFlags: number;
  isRemote: boolean;
} {
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

function writable(attributes: SpanAttributes): Record<string, string | number | boolean | string[]> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, typeof value === 'object' ? [...value] : value]),
  );
}

class RecordedSpan implements Span {
  readonly #span: ApiSpan;
  readonly traceId: string;
  readonly spanId: string;
  readonly sampled: boolean;

  constructor(span: ApiSpan) {
    const { traceId, spanId, traceFlags } = span.spanContext();
    this.#span = span;
    this.traceId = traceId;
    this.spanId = spanId;
    this.sampled = (traceFlags & TraceFlags.SAMPLED) !== 0;
  }

  setAttributes(attributes: SpanAttributes): void {
    this.#span.setAttributes(writable(attributes));
  }

  fail(errorType: string): void {
    this.#span.setAttribute('error.type', errorType);
    this.#span.setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.#span.end();
  }
}
