import type { IncomingHttpHeaders } from 'node:http';
import type { Era } from '../wire/protocol.ts';

/** Which forms of an answer a client takes. */
export interface Accepted {
  readonly json: boolean;
  readonly stream: boolean;
}

/** Reads `Accept`. Without it, and with a wildcard, everything goes (RFC 9110). */
export function readAccept({ accept }: IncomingHttpHeaders): Accepted {
  if (accept === undefined || accept.includes('*/*')) return { json: true, stream: true };
  return { json: accept.includes('application/json'), stream: accept.includes('text/event-stream') };
}

/** Whether a client of an era can be answered: the older one must take both forms, the newer one JSON at least (03 P-04). */
export function isAcceptable({ json, stream }: Accepted, era: Era): boolean {
  return json && (stream || era === 'modern');
}

/** The `Accept` header of the hop: what the client takes, so that no stream comes for one that cannot read it. */
export function hopAccept({ stream }: Accepted): string {
  return stream ? 'application/json, text/event-stream' : 'application/json';
}
