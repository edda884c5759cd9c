import { newTraceId } from './trace-id.ts';
import { parseTraceparent, type TraceParent } from './trace-parent.ts';

/** Something that may carry trace context: the headers of a request, or the `_meta` of a message. */
export interface TraceCarrier {
  readonly traceparent?: unknown;
  readonly tracestate?: unknown;
}

/** The trace that a request belongs to. */
export interface ResolvedTrace {
  /** The caller's trace, or a new one. */
  readonly traceId: string;
  /** The caller's span; absent when the trace starts here. */
  readonly parent?: TraceParent;
  /** The header's span, when the body named another one. */
  readonly link?: TraceParent;
  /** Vendor data of the carrier that won; passed on, never read. */
  readonly tracestate?: string;
}

const tracestateCharactersMax = 512;

/** Decides which trace a request belongs to: the body's, else the header's, else a new one (03 P-19). */
export function resolveTrace({
  header = {},
  meta = {},
}: {
  readonly header?: TraceCarrier;
  readonly meta?: TraceCarrier;
}): ResolvedTrace {
  const inHeader = parseTraceparent(header.traceparent);
  const inBody = parseTraceparent(meta.traceparent);
  const parent = inBody ?? inHeader;
  if (parent === undefined) return { traceId: newTraceId() };
  const isLinked = inBody !== undefined && inHeader !== undefined && inHeader.spanId !== inBody.spanId;
  const { tracestate } = inBody === undefined ? header : meta;
  return {
    traceId: parent.traceId,
    parent,
    ...(isLinked ? { link: inHeader } : {}),
    ...(typeof tracestate === 'string' && tracestate.length <= tracestateCharactersMax ? { tracestate } : {}),
  };
}
