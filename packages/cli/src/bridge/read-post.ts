import type { IncomingMessage } from 'node:http';
import {
  classify,
  isRecord,
  nestsDeeperThan,
  readBody,
  rpcCode,
  type Classified,
  type DoorRefusal,
  type JsonRpcId,
} from '@fairlead/server-kit/mcp';
import { DoubledKeyError, findSpan } from '../raw-json/find-span.ts';
import type { HttpExchange } from './session-table.ts';

/** What a POST brought. `text` is the body as it came. */
export type PostedMessage =
  | { readonly kind: 'gone' }
  | { readonly kind: 'refused'; readonly refusal: DoorRefusal; readonly id: JsonRpcId | null }
  | (Exclude<Classified, { kind: 'rejected' }> & { readonly text: string });

const bodyBytesMax = 4 * 1024 * 1024;
const depthMax = 64;
/** Members that the bridge reads or writes; two of a name would be read differently on both sides (06 N01). */
const readPaths = [
  ['jsonrpc'],
  ['id'],
  ['method'],
  ['params', '_meta', 'progressToken'],
  ['params', 'name'],
  ['params', 'uri'],
  ['params', 'requestId'],
] as const;

/** Reads the body of a POST: size, type and depth before the one parse, then the era (03 P-09, E1, E4, E7). */
export async function readPost({ request }: HttpExchange): Promise<PostedMessage> {
  if (!isJson(request)) return refused(notJson);
  const body = await readBody(request, bodyBytesMax);
  if (body.kind === 'broken') return { kind: 'gone' };
  if (body.kind === 'too-large') return refused(tooLarge);
  if (nestsDeeperThan(body.bytes, depthMax)) return refused(tooDeep);
  const text = body.bytes.toString('utf8');
  const parsed = parse(text);
  if (parsed === undefined) return refused(notParsed);
  const classified = classify(request.headers, parsed.value);
  if (classified.kind === 'rejected')
    return refused({ status: classified.status, ...classified.error }, idOf(parsed.value));
  const doubled = doubledKey(text);
  if (doubled !== undefined) return refused(doubled);
  if (classified.kind === 'legacy-request' && !acceptsBoth(request.headers.accept)) return refused(notAcceptable);
  return { ...classified, text };
}

function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function doubledKey(text: string): DoorRefusal | undefined {
  try {
    for (const path of readPaths) findSpan(text, path);
    return undefined;
  } catch (error) {
    if (!(error instanceof DoubledKeyError)) throw error;
    return { status: 400, code: rpcCode.invalidRequest, message: `Invalid request: ${error.message}.` };
  }
}

function isJson({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() === 'application/json';
}

/** A legacy client must take both forms of answer (specification 2025-11-25, transports). */
function acceptsBoth(accept = ''): boolean {
  return accept.includes('*/*') || (accept.includes('application/json') && accept.includes('text/event-stream'));
}

function refused(refusal: DoorRefusal, id: JsonRpcId | null = null): PostedMessage {
  return { kind: 'refused', refusal, id };
}

function idOf(value: unknown): JsonRpcId | null {
  const id = isRecord(value) ? value['id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? id : null;
}

const notJson: DoorRefusal = {
  status: 415,
  code: rpcCode.refusedTransport,
  message: 'Send Content-Type: application/json.',
};
const tooLarge: DoorRefusal = {
  status: 413,
  code: rpcCode.refusedTransport,
  message: `WIRE_TOO_LARGE: the body is larger than ${bodyBytesMax} bytes.`,
  headers: { connection: 'close' },
};
const tooDeep: DoorRefusal = {
  status: 400,
  code: rpcCode.invalidRequest,
  message: `The JSON nests deeper than ${depthMax} levels.`,
};
const notParsed: DoorRefusal = {
  status: 400,
  code: rpcCode.parseError,
  message: 'Parse error: the body is not JSON.',
};
const notAcceptable: DoorRefusal = {
  status: 406,
  code: rpcCode.refusedTransport,
  message: 'Send Accept: application/json, text/event-stream.',
};
