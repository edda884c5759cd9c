import type { ServerResponse } from 'node:http';
import { errorResponse } from './json-rpc.ts';

/** A refusal of a whole HTTP request, before any JSON-RPC request was accepted. */
export interface DoorRefusal {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Answers with a JSON-RPC error whose id is null. Does nothing when an answer has begun. */
export function sendError(response: ServerResponse, refusal: DoorRefusal): void {
  if (response.headersSent) return;
  const body = JSON.stringify(errorResponse(null, refusal));
  response.writeHead(refusal.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...refusal.headers,
  });
  response.end(body);
}
