import type { IncomingHttpHeaders } from 'node:http';
import { classifyInboundRequest } from '@modelcontextprotocol/server';
import { rpcCode } from '../call/rpc-error.ts';
import { isRecord, type JsonRpcErrorBody, type JsonRpcNotification, type JsonRpcRequest } from './json-rpc.ts';
import { envelopeKeys, LEGACY_VERSIONS, MODERN_VERSION } from './protocol.ts';
import { checkStandardHeaders } from './standard-headers.ts';

/** What a POST body is, and which era it speaks. */
export type Classified =
  | { readonly kind: 'modern-request'; readonly message: JsonRpcRequest }
  | { readonly kind: 'modern-notification' }
  | { readonly kind: 'legacy-request'; readonly message: JsonRpcRequest }
  | { readonly kind: 'legacy-notification'; readonly message: JsonRpcNotification }
  | { readonly kind: 'legacy-response'; readonly message: unknown }
  | { readonly kind: 'rejected'; readonly status: number; readonly error: JsonRpcErrorBody };

/**
 * Decides the era of a POST body and checks headers against it (03 E1, E4, E7, H2). A body that is plainly right takes a
 * short way; every other one is judged by the SDK's own classifier, so that its error answers are the SDK's.
 */
export function classify(headers: IncomingHttpHeaders, body: unknown): Classified {
  if (Array.isArray(body))
    return reject(400, {
      code: rpcCode.invalidRequest,
      message: 'JSON-RPC batches are not supported. Send one message a request.',
    });
  if (!isRecord(body))
    return reject(400, { code: rpcCode.invalidRequest, message: 'The body is not a JSON-RPC message object.' });
  return shortWay(headers, body) ?? longWay(headers, body);
}

function shortWay(headers: IncomingHttpHeaders, body: Readonly<Record<string, unknown>>): Classified | undefined {
  if (!isRequest(body)) return undefined;
  const meta = body.params?.['_meta'];
  const version = headers['mcp-protocol-version'];
  if (!isRecord(meta) || !(envelopeKeys.protocolVersion in meta)) {
    const isLegacy =
      body.method !== 'initialize' &&
      (version === undefined || (typeof version === 'string' && LEGACY_VERSIONS.includes(version)));
    return isLegacy ? { kind: 'legacy-request', message: body } : undefined;
  }
  if (version !== MODERN_VERSION || headers['mcp-method'] !== body.method || !isPlainEnvelope(meta)) return undefined;
  const refusal = checkStandardHeaders(headers, body);
  return refusal === undefined ? { kind: 'modern-request', message: body } : reject(400, refusal);
}

/** The envelope of nearly every client. Anything else goes the long way, which knows each rule of the specification. */
function isPlainEnvelope(meta: Readonly<Record<string, unknown>>): boolean {
  const info = meta[envelopeKeys.clientInfo];
  const isPlainInfo =
    info === undefined || (isRecord(info) && typeof info['name'] === 'string' && typeof info['version'] === 'string');
  return (
    meta[envelopeKeys.protocolVersion] === MODERN_VERSION &&
    isRecord(meta[envelopeKeys.clientCapabilities]) &&
    isPlainInfo
  );
}

function isRequest(
  body: Readonly<Record<string, unknown>>,
): body is Readonly<Record<string, unknown>> & JsonRpcRequest {
  const { id, params } = body;
  const hasId = typeof id === 'string' || (typeof id === 'number' && Number.isSafeInteger(id));
  return (
    body['jsonrpc'] === '2.0' &&
    hasId &&
    typeof body['method'] === 'string' &&
    (params === undefined || isRecord(params))
  );
}

function longWay(headers: IncomingHttpHeaders, body: Readonly<Record<string, unknown>>): Classified {
  const outcome = classifyInboundRequest({
    httpMethod: 'POST',
    body,
    ...singleHeader(headers, 'mcp-protocol-version', 'protocolVersionHeader'),
    ...singleHeader(headers, 'mcp-method', 'mcpMethodHeader'),
    ...singleHeader(headers, 'mcp-name', 'mcpNameHeader'),
  });
  if (outcome.kind === 'reject') return reject(outcome.httpStatus, outcome);
  if (outcome.kind === 'modern') return modern(headers, outcome);
  if (outcome.reason === 'response') return { kind: 'legacy-response', message: body };
  if (outcome.reason === 'notification') return { kind: 'legacy-notification', message: toNotification(body) };
  return legacyRequest(headers, body);
}

type ModernOutcome = Extract<ReturnType<typeof classifyInboundRequest>, { kind: 'modern' }>;

function modern(headers: IncomingHttpHeaders, outcome: ModernOutcome): Classified {
  const revision = outcome.classification.revision;
  if (revision !== MODERN_VERSION) {
    return reject(400, {
      code: rpcCode.unsupportedVersion,
      message: `Unsupported protocol version: ${String(revision).slice(0, 64)}`,
      data: { supported: [MODERN_VERSION], requested: revision },
    });
  }
  if (outcome.messageKind === 'notification') return { kind: 'modern-notification' };
  const message = toRequest(outcome.message);
  if (message === undefined) return notARequest();
  const refusal = checkStandardHeaders(headers, message);
  return refusal === undefined ? { kind: 'modern-request', message } : reject(400, refusal);
}

function legacyRequest(headers: IncomingHttpHeaders, body: Readonly<Record<string, unknown>>): Classified {
  const version = headers['mcp-protocol-version'];
  if (typeof version === 'string' && body['method'] !== 'initialize' && !LEGACY_VERSIONS.includes(version)) {
    return reject(400, {
      code: rpcCode.unsupportedVersion,
      message: `Unsupported protocol version: ${version.slice(0, 64)}`,
      data: { supported: [MODERN_VERSION, ...LEGACY_VERSIONS], requested: version },
    });
  }
  const message = toRequest(body);
  return message === undefined ? notARequest() : { kind: 'legacy-request', message };
}

function toRequest(body: object): JsonRpcRequest | undefined {
  const record: Readonly<Record<string, unknown>> = { ...body };
  return isRequest(record) ? record : undefined;
}

function toNotification(body: Readonly<Record<string, unknown>>): JsonRpcNotification {
  const params = body['params'];
  return { jsonrpc: '2.0', method: String(body['method']), ...(isRecord(params) && { params }) };
}

function singleHeader<Key extends string>(
  headers: IncomingHttpHeaders,
  name: string,
  key: Key,
): { [K in Key]?: string } {
  const value = headers[name];
  // The one narrowing of this module: a computed key widens to `{ [x: string]: string }`.
  return (typeof value === 'string' ? { [key]: value } : {}) as { [K in Key]?: string };
}

function notARequest(): Classified {
  return reject(400, { code: rpcCode.invalidRequest, message: 'The body is not a JSON-RPC request.' });
}

function reject(status: number, error: JsonRpcErrorBody): Classified {
  return {
    kind: 'rejected',
    status,
    error: { code: error.code, message: error.message, ...(error.data !== undefined && { data: error.data }) },
  };
}
