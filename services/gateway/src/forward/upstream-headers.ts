import type { IncomingHttpHeaders } from 'node:http';
import { encodeHeaderValue } from '../wire/header-value.ts';

/** What of a client's request goes on to the server. */
export interface HeaderSource {
  readonly headers: IncomingHttpHeaders;
  /** `traceparent` of our own span. */
  readonly traceparent: string;
  /** Media types for the answer. */
  readonly accept: string;
  /** Name of the item at the server, for `Mcp-Name`; absent when the request names none. */
  readonly name?: string | undefined;
  /** The server's own session id. */
  readonly sessionId?: string | undefined;
  /** How we show ourselves to the server. */
  readonly credential: Readonly<Record<string, string>>;
}

/** Headers that pass as they are. Everything else stays here: credentials, cookies, hop-by-hop and forwarding headers (03 H1, H6, H9). */
const PASSED = ['mcp-protocol-version', 'mcp-method', 'last-event-id', 'tracestate', 'baggage'] as const;

const PARAM_PREFIX = 'mcp-param-';

/** Builds the headers of a hop from a list of what may pass, so that nothing passes by accident. */
export function upstreamHeaders({
  headers,
  traceparent,
  accept,
  name,
  sessionId,
  credential,
}: HeaderSource): Record<string, string> {
  const result: Record<string, string> = { accept, traceparent, ...credential };
  if (headers['content-type'] !== undefined) result['content-type'] = 'application/json';
  for (const header of PASSED) copyHeader(header, headers, result);
  for (const header in headers) {
    if (header.startsWith(PARAM_PREFIX)) copyHeader(header, headers, result);
  }
  if (name !== undefined && headers['mcp-name'] !== undefined) result['mcp-name'] = encodeHeaderValue(name);
  if (sessionId !== undefined) result['mcp-session-id'] = sessionId;
  return result;
}

/** A header that `Connection` names is meant for this hop only (06 N07). */
function copyHeader(name: string, headers: IncomingHttpHeaders, result: Record<string, string>): void {
  const value = headers[name];
  if (typeof value === 'string' && headers.connection?.toLowerCase().includes(name) !== true) result[name] = value;
}
