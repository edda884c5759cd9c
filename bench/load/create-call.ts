import { callArguments } from '../subjects/benchmark-tool.ts';
import type { LoadOrder } from './load-order.ts';

/** The calls of one order: the same each time but for the id. */
export interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  bodyOf(id: number): string;
}

const modernVersion = '2026-07-28';

/** What a modern client says of itself in each request (03 §1). */
const modernEnvelope = {
  'io.modelcontextprotocol/protocolVersion': modernVersion,
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'fairlead-bench', version: '1.0.0' },
};

/** Makes the `tools/call` request of an order, in its era. */
export function createCall({ url, kind, toolName, key }: LoadOrder): Call {
  const isModern = kind !== 'legacy';
  const params = { name: toolName, arguments: callArguments, ...(isModern ? { _meta: modernEnvelope } : {}) };
  // All but the id is the same for each call, so it is made once: the load should cost less than what it measures.
  const rest = JSON.stringify({ method: 'tools/call', params }).slice(1);
  return {
    path: new URL(url).pathname,
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      ...(isModern ? modernHeaders(toolName) : {}),
    },
    bodyOf: (id) => `{"jsonrpc":"2.0","id":${id},${rest}`,
  };
}

function modernHeaders(toolName: string): Record<string, string> {
  return { 'mcp-protocol-version': modernVersion, 'mcp-method': 'tools/call', 'mcp-name': toolName };
}
