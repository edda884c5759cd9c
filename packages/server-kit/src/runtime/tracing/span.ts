import type { TraceParent } from './trace-parent.ts';

/** Values of a span's attributes. Never an argument or a result of a call (04 G-87). */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | readonly string[]>>;

/** How a span starts. */
export interface SpanOptions {
  readonly kind: 'server' | 'client' | 'internal';
  /** Absent: the span starts a trace. */
  readonly parent?: TraceParent | undefined;
  /** Another span that this one came from. */
  readonly link?: TraceParent | undefined;
  readonly attributes?: SpanAttributes | undefined;
}

/** A piece of work in a trace. It is its own `TraceParent`: pass it as the parent of the next span or hop. */
export interface Span extends TraceParent {
  setAttributes(attributes: SpanAttributes): void;
  /** Marks the work as failed; `errorType` becomes `error.type`. Failed spans are exported whatever the sampling. */
  fail(errorType: string): void;
  end(): void;
}

/** Makes spans. */
export interface Tracing {
  startSpan(name: string, options: SpanOptions): Span;
  /** Sends what is left and stops; spans after it are lost. */
  shutdown(): Promise<void>;
}
