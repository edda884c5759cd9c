import type { IncomingHttpHeaders } from 'node:http';
import { rpcCode } from '../call/rpc-error.ts';
import type { WireTool } from '../tools/wire-tool.ts';
import { isRecord, type JsonRpcErrorBody } from './json-rpc.ts';
import { decodeHeaderValue } from './standard-headers.ts';

/** One argument that a tool asks to see repeated in an `Mcp-Param-*` header (SEP-2243). */
interface ParamHeader {
  readonly path: readonly string[];
  readonly header: string;
}

/**
 * Checks the `Mcp-Param-*` headers of a call against its arguments (03 H2, SEP-2243): an argument that is there must
 * be repeated by its header; for one that is absent or null the header counts for nothing.
 *
 * @returns the error to answer with status 400, or `undefined` when all is well.
 */
export function checkParamHeaders(
  tool: WireTool,
  input: unknown,
  headers: IncomingHttpHeaders,
): JsonRpcErrorBody | undefined {
  for (const { path, header } of declaredHeaders(tool.inputSchema, [])) {
    const value = valueAt(input, path);
    if (value === undefined || value === null) continue;
    const raw = headers[`mcp-param-${header.toLowerCase()}`];
    const sent = typeof raw === 'string' ? decodeHeaderValue(raw) : undefined;
    if (sent === undefined || !isEqual(value, sent)) {
      return {
        code: rpcCode.headerMismatch,
        message: `Header mismatch: Mcp-Param-${header}: it must repeat the argument ${path.join('.')}`,
      };
    }
  }
  return undefined;
}

function declaredHeaders(schema: unknown, path: readonly string[]): readonly ParamHeader[] {
  if (!isRecord(schema) || !isRecord(schema['properties'])) return [];
  return Object.entries(schema['properties']).flatMap(([name, property]) => {
    const own = isRecord(property) ? property['x-mcp-header'] : undefined;
    const here = typeof own === 'string' ? [{ path: [...path, name], header: own }] : [];
    return [...here, ...declaredHeaders(property, [...path, name])];
  });
}

function valueAt(input: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (isRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    input,
  );
}

function isEqual(value: unknown, sent: string): boolean {
  if (typeof value === 'number') return sent.trim() !== '' && Number(sent) === value;
  return String(value) === sent;
}
