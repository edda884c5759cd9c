import type { ServerResponse } from 'node:http';
import type { JsonRpcId, RpcRefusal } from './json-rpc.ts';
import type { JsonObject } from './json-value.ts';

/** Headers to add to an answer. */
export type ExtraHeaders = Readonly<Record<string, string>>;

/** A JSON answer: its status, its bytes or text, and headers beside type and length. */
export interface JsonAnswer {
  readonly status: number;
  readonly body: string | Buffer;
  readonly headers?: ExtraHeaders | undefined;
}

/** Sends a JSON answer whole. Returns its length in bytes. */
export function sendJson(response: ServerResponse, { status, body, headers }: JsonAnswer): number {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  response.writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': length, ...headers });
  response.end(body);
  return length;
}

/** What a JSON-RPC error says. */
type RpcErrorFacts = Pick<RpcRefusal, 'rpcCode' | 'code' | 'message' | 'data'>;

/** A JSON-RPC error answer. */
export function rpcError(id: JsonRpcId | null, { rpcCode, code, message, data }: RpcErrorFacts): JsonObject {
  return { jsonrpc: '2.0', id, error: { code: rpcCode, message, data: { code, ...data } } };
}

/** Text of a JSON-RPC error answer. */
export function rpcErrorText(id: JsonRpcId | null, refusal: RpcErrorFacts): string {
  return JSON.stringify(rpcError(id, refusal));
}

/** Sends a refusal as JSON-RPC error with its HTTP status. */
export function sendRefusal(response: ServerResponse, id: JsonRpcId | null, refusal: RpcRefusal): number {
  return sendJson(response, { status: refusal.status, body: rpcErrorText(id, refusal), headers: refusal.headers });
}

/** What a refusal outside JSON-RPC says. */
export interface ProblemText {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}

/** Sends a problem document (RFC 9457). */
export function sendProblem(response: ServerResponse, problem: ProblemText, headers?: ExtraHeaders): number {
  const body = JSON.stringify({ type: 'about:blank', ...problem });
  response.writeHead(problem.status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
  return Buffer.byteLength(body);
}

/** Sends a status without a body. */
export function sendEmpty(response: ServerResponse, status: number, headers?: ExtraHeaders): number {
  response.writeHead(status, headers);
  response.end();
  return 0;
}
