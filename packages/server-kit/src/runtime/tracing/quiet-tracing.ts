import type { Span, SpanOptions, Tracing } from './span.ts';
import { newSpanId, newTraceId } from './trace-id.ts';
import type { TraceParent } from './trace-parent.ts';

/** Tracing without a collector: spans carry their ids on and record nothing. */
export const quietTracing: Tracing = {
  startSpan: (_name: string, { parent }: SpanOptions) => new QuietSpan(parent),
  async shutdown() {},
};

class QuietSpan implements Span {
  readonly #parent: TraceParent | undefined;
  readonly traceId: string;
  #spanId: string | undefined;

  constructor(parent: TraceParent | undefined) {
    this.#parent = parent;
    this.traceId = parent?.traceId ?? newTraceId();
  }

  /** The parent's, since this span is recorded nowhere: the next hop then hangs below a span that exists. */
  get spanId(): string {
    this.#spanId ??= this.#parent?.spanId ?? newSpanId();
    return this.#spanId;
  }

  get sampled(): boolean {
    return this.#parent?.sampled ?? false;
  }

  setAttributes(): void {}

  fail(): void {}

  end(): void {}
}
