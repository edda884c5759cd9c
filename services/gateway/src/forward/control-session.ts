import type { ControlAnswer } from './call-control.ts';
import { rpcCodes } from '../wire/json-rpc.ts';
import { objectField, type JsonObject } from '../wire/json-value.ts';
import { LEGACY_VERSION_LATEST, MODERN_VERSION, protocolMeta, type Era } from '../wire/protocol.ts';
import { DiscoveryFailure } from './discovery-failure.ts';

/** Longest wait for one answer of a discovery (04 G-23). */
export const DISCOVERY_MS_MAX = 5_000;

/** One request of ours to a server: the port that discovery needs. */
export interface ControlRequest {
  readonly method: 'POST' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** Sends a request of ours to one server, with the gateway's own credential. */
export type SendControl = (request: ControlRequest) => Promise<ControlAnswer>;

/** The protocol version and, where there is one, the session of a conversation. */
export type SessionHeaders = Readonly<Record<string, string>>;

/** A conversation of ours with one server in one era. */
export interface ControlSession {
  readonly era: Era;
  /** Eras of clients that the server takes. */
  readonly serves: readonly Era[];
  readonly opening: JsonObject;
  /** Id that the server gave the conversation; absent when it keeps none. */
  readonly sessionId?: string | undefined;
  /** Headers that every message of the conversation carries. */
  readonly headers: SessionHeaders;
  /** @returns the whole answer, errors included. */
  request(method: string, params: JsonObject): Promise<JsonObject>;
  close(): Promise<void>;
}

/**
 * Opens the conversation in the newest era that the server speaks. An answer that is an error or no JSON-RPC says that
 * it does not know `server/discover`; a refusal of the credential, a server error or silence says nothing (03 E8).
 *
 * @throws DiscoveryFailure
 */
export async function openSession(
  send: SendControl,
  clientInfo: JsonObject,
  capabilities: JsonObject = {},
): Promise<ControlSession> {
  const request = modernRequest(send, clientInfo, capabilities);
  const answer = await discover(request);
  refuseNoEvidence(answer.status);
  const opening = objectField(answer.message, 'result');
  if (opening !== undefined && Array.isArray(opening['supportedVersions'])) {
    const serves: readonly Era[] = (await takesOlderClients(send)) ? ['modern', 'legacy'] : ['modern'];
    return {
      era: 'modern',
      serves,
      opening,
      headers: { 'mcp-protocol-version': MODERN_VERSION },
      request: async (method, params) => messageOf(await request(method, params)),
      async close() {},
    };
  }
  return openLegacySession(send, clientInfo, capabilities);
}

/** Opens the conversation with `initialize`, for a server that is known to be of the older era. */
export async function openLegacySession(
  send: SendControl,
  clientInfo: JsonObject,
  capabilities: JsonObject = {},
): Promise<ControlSession> {
  const initialize = { protocolVersion: LEGACY_VERSION_LATEST, capabilities, clientInfo };
  const answer = await send({ method: 'POST', headers: BASE_HEADERS, body: requestText('initialize', initialize) });
  refuseNoEvidence(answer.status);
  const opening = objectField(messageOf(answer), 'result');
  if (opening === undefined) throw new DiscoveryFailure('response', 'initialize was refused');
  const own = legacyHeaders(answer, opening);
  const headers = { ...BASE_HEADERS, ...own };
  await send({
    method: 'POST',
    headers,
    body: JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }),
  });
  return {
    era: 'legacy',
    serves: ['legacy'],
    opening,
    sessionId: own['mcp-session-id'],
    headers: own,
    request: async (method, params) =>
      messageOf(await send({ method: 'POST', headers, body: requestText(method, params) })),
    close: async () => {
      if (own['mcp-session-id'] !== undefined) await send({ method: 'DELETE', headers, body: null });
    },
  };
}

function modernRequest(send: SendControl, clientInfo: JsonObject, capabilities: JsonObject) {
  const envelope = {
    [protocolMeta.version]: MODERN_VERSION,
    [protocolMeta.clientCapabilities]: capabilities,
    [protocolMeta.clientInfo]: clientInfo,
  };
  return (method: string, params: JsonObject): Promise<ControlAnswer> =>
    send({
      method: 'POST',
      headers: { ...BASE_HEADERS, 'mcp-protocol-version': MODERN_VERSION, 'mcp-method': method },
      body: requestText(method, { ...params, _meta: envelope }),
    });
}

/** Asks again when a server refuses our version and names that very version among those that it takes (03 E8). */
async function discover(request: ReturnType<typeof modernRequest>): Promise<ControlAnswer> {
  const answer = await request('server/discover', {});
  const error = objectField(answer.message, 'error');
  const supported = objectField(error, 'data')?.['supported'];
  const isOurs = Array.isArray(supported) && supported.includes(MODERN_VERSION);
  return error?.['code'] === rpcCodes.unsupportedVersion && isOurs ? request('server/discover', {}) : answer;
}

/** A server without the older era says so to a message without an envelope, whatever the message asks. */
async function takesOlderClients(send: SendControl): Promise<boolean> {
  const headers = { ...BASE_HEADERS, 'mcp-method': 'ping' };
  const answer = await send({ method: 'POST', headers, body: requestText('ping', {}) });
  refuseNoEvidence(answer.status);
  return objectField(answer.message, 'error')?.['code'] !== rpcCodes.unsupportedVersion;
}

function legacyHeaders({ headers }: ControlAnswer, opening: JsonObject): Record<string, string> {
  const version = opening['protocolVersion'];
  const session = headers['mcp-session-id'];
  return {
    ...(typeof version === 'string' ? { 'mcp-protocol-version': version } : {}),
    ...(typeof session === 'string' ? { 'mcp-session-id': session } : {}),
  };
}

function refuseNoEvidence(status: number): void {
  if (status === 401 || status === 403)
    throw new DiscoveryFailure('response', `the server refuses the gateway's credential (${status})`);
  if (status === 429 || status >= 500)
    throw new DiscoveryFailure('response', `the server answered with status ${status}`);
}

function messageOf({ status, message }: ControlAnswer): JsonObject {
  refuseNoEvidence(status);
  if (message === undefined)
    throw new DiscoveryFailure('response', `the server answered no JSON-RPC (status ${status})`);
  return message;
}

function requestText(method: string, params: JsonObject): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
}

const BASE_HEADERS = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
