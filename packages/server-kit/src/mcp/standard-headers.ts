import type { IncomingHttpHeaders } from 'node:http';
import { rpcCode } from '../call/rpc-error.ts';
import type { JsonRpcErrorBody, JsonRpcRequest } from './json-rpc.ts';

const BASE64_PREFIX = '=?base64?';
const BASE64_SUFFIX = '?=';

/** Which parameter `Mcp-Name` repeats, by method (SEP-2243). */
const nameSource: Readonly<Record<string, string>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};

/**
 * Checks that the standard headers of a modern request are there and say what the body says (03 H2, SEP-2243). A
 * required header that is absent is a mismatch too.
 *
 * @returns the error to answer with status 400, or `undefined` when all is well.
 */
export function checkStandardHeaders(
  headers: IncomingHttpHeaders,
  message: JsonRpcRequest,
): JsonRpcErrorBody | undefined {
  if (headers['mcp-protocol-version'] === undefined) return mismatch('MCP-Protocol-Version', 'the header is missing');
  const method = headers['mcp-method'];
  if (method === undefined) return mismatch('Mcp-Method', `the header is missing; the body names ${message.method}`);
  if (method !== message.method) return mismatch('Mcp-Method', `the body names ${message.method}`);
  return checkName(headers['mcp-name'], message);
}

function checkName(header: string | string[] | undefined, message: JsonRpcRequest): JsonRpcErrorBody | undefined {
  const source = nameSource[message.method];
  const expected = source === undefined ? undefined : message.params?.[source];
  if (typeof expected !== 'string') return undefined;
  if (header === undefined) return mismatch('Mcp-Name', 'the header is missing');
  if (header === expected) return undefined;
  const decoded = typeof header === 'string' ? decodeHeaderValue(header) : undefined;
  return decoded === expected ? undefined : mismatch('Mcp-Name', 'the body names another one');
}

/**
 * Decodes a header value of SEP-2243: plain text, or `=?base64?...?=` for what a header cannot carry.
 *
 * @returns `undefined` when the base64 form holds no canonical base64.
 */
export function decodeHeaderValue(value: string): string | undefined {
  const trimmed = value.trim();
  if (!trimmed.startsWith(BASE64_PREFIX) || !trimmed.endsWith(BASE64_SUFFIX)) return trimmed;
  const encoded = trimmed.slice(BASE64_PREFIX.length, -BASE64_SUFFIX.length);
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.toString('base64') === encoded ? bytes.toString('utf8') : undefined;
}

function mismatch(header: string, why: string): JsonRpcErrorBody {
  return {
    code: rpcCode.headerMismatch,
    message: `Header mismatch: ${header}: ${why}. Headers must repeat what the body says.`,
  };
}
