import type { CallKind, LoadOrder } from '../load/load-order.ts';
import type { Subject } from '../subjects/subject.ts';

/** A subject, and how it is called. */
export interface Target {
  /** Name of the samples: a subject may be called in more than one way. */
  readonly name: string;
  readonly subject: Subject;
  readonly kind: CallKind;
  readonly toolName: string;
}

/** Concurrency of a run. */
export interface Volume {
  readonly connections: number;
  readonly calls: number;
}

/** The order that calls a target. */
export function orderFor({ subject, kind, toolName }: Target, volume: Volume): LoadOrder {
  return { url: subject.url, key: subject.key, kind, toolName, ...volume };
}
