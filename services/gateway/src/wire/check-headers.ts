import type { IncomingHttpHeaders } from 'node:http';
import { headerMismatch } from './classify-era.ts';
import { decodeHeaderValue } from './header-value.ts';
import type { JsonRpcMessage, JsonRpcRequest, RpcRefusal } from './json-rpc.ts';
import { stringField } from './json-value.ts';

/** The `params` field that `Mcp-Name` repeats, by method (SEP-2243, SEP-2663). */
const NAME_FIELDS: ReadonlyMap<string, 'name' | 'uri' | 'taskId'> = new Map([
  ['tools/call', 'name'],
  ['prompts/get', 'name'],
  ['resources/read', 'uri'],
  ['tasks/get', 'taskId'],
  ['tasks/update', 'taskId'],
  ['tasks/cancel', 'taskId'],
]);

/**
 * Compares `Mcp-Method` and `Mcp-Name` of a modern message with its body (03 H2). A required header that is absent is a
 * mismatch too. What follows uses the body's values only (H4).
 */
export function checkHeaders(message: JsonRpcMessage, headers: IncomingHttpHeaders): RpcRefusal | undefined {
  if (message.kind === 'response') return undefined;
  const method = single(headers['mcp-method']);
  if (method === undefined && message.kind === 'request') return headerMismatch('Mcp-Method', 'the header is absent');
  if (method !== undefined && method !== message.method)
    return headerMismatch('Mcp-Method', `the body names ${message.method}`);
  return message.kind === 'request' ? checkName(message, headers) : undefined;
}

function checkName(message: JsonRpcRequest, headers: IncomingHttpHeaders): RpcRefusal | undefined {
  const field = NAME_FIELDS.get(message.method);
  if (field === undefined) return undefined;
  const value = stringField(message.params, field);
  const header = single(headers['mcp-name']);
  if (header === undefined) return value === undefined ? undefined : headerMismatch('Mcp-Name', 'the header is absent');
  const decoded = decodeHeaderValue(header);
  if (decoded === undefined) return headerMismatch('Mcp-Name', 'its base64 is not canonical UTF-8');
  return value === undefined || decoded === value
    ? undefined
    : headerMismatch('Mcp-Name', `params.${field} has another value`);
}

function single(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value.trim() : undefined;
}
