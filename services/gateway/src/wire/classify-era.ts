import type { IncomingHttpHeaders } from 'node:http';
import { rpcCodes, type JsonRpcMessage, type RpcRefusal } from './json-rpc.ts';
import { isJsonObject, objectField, stringField, type JsonObject } from './json-value.ts';
import { LEGACY_VERSIONS, MODERN_VERSION, protocolMeta, type Era } from './protocol.ts';

/** The era of one request, or why its claims do not fit together. */
export type EraVerdict =
  | { readonly ok: true; readonly era: Era }
  | { readonly ok: false; readonly refusal: RpcRefusal };

/**
 * Tells the era of a message. The body decides: `params._meta` with a protocol version is modern, all else is legacy
 * (03 E1). The `MCP-Protocol-Version` header only has to agree; a notification, which has no envelope of its own, takes
 * its era from the header.
 */
export function classifyEra(message: JsonRpcMessage, headers: IncomingHttpHeaders): EraVerdict {
  const header = headerVersion(headers);
  if (message.kind === 'response') return legacy(header);
  const meta = objectField(message.params, '_meta');
  if (message.method === 'initialize' && claimIssue(meta) !== undefined) return initialize(header);
  if (meta !== undefined && protocolMeta.version in meta) return claimed(message, meta, header);
  if (header !== MODERN_VERSION) return legacy(header);
  return message.kind === 'notification'
    ? { ok: true, era: 'modern' }
    : envelope(`${missingKeys(meta)} missing, though the MCP-Protocol-Version header says ${MODERN_VERSION}`);
}

/** A message that claims the modern era: its envelope must be whole, its version served, its header equal. */
function claimed(message: JsonRpcMessage, meta: JsonObject, header: string | undefined): EraVerdict {
  const version = stringField(meta, protocolMeta.version);
  if (message.kind === 'request') {
    const issue = claimIssue(meta);
    if (issue !== undefined) return envelope(issue);
    if (header === undefined)
      return mismatch('MCP-Protocol-Version', `the body names ${version ?? ''}, the header is absent`);
  }
  if (header !== undefined && header !== version)
    return mismatch('MCP-Protocol-Version', `the body names ${version ?? ''}, the header ${header}`);
  return version === MODERN_VERSION ? { ok: true, era: 'modern' } : unsupported(version, [MODERN_VERSION]);
}

/** An `initialize` without a modern envelope opens the legacy era, whatever version it asks for. */
function initialize(header: string | undefined): EraVerdict {
  if (header === MODERN_VERSION)
    return mismatch('MCP-Protocol-Version', 'the body is an initialize request, which that version does not have');
  return legacy(header);
}

function legacy(header: string | undefined): EraVerdict {
  if (header !== undefined && !LEGACY_VERSIONS.includes(header))
    return unsupported(header, [MODERN_VERSION, ...LEGACY_VERSIONS]);
  return { ok: true, era: 'legacy' };
}

/** What keeps an envelope from being one; undefined when it is whole. */
function claimIssue(meta: JsonObject | undefined): string | undefined {
  if (meta === undefined) return '_meta is missing';
  if (typeof meta[protocolMeta.version] !== 'string') return `_meta["${protocolMeta.version}"] must be a string`;
  if (!isJsonObject(meta[protocolMeta.clientCapabilities]))
    return `_meta["${protocolMeta.clientCapabilities}"] must be an object`;
  return undefined;
}

function missingKeys(meta: JsonObject | undefined): string {
  if (meta === undefined) return '_meta is';
  const missing = [protocolMeta.version, protocolMeta.clientCapabilities].filter((key) => !(key in meta));
  return `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'}`;
}

function headerVersion(headers: IncomingHttpHeaders): string | undefined {
  const value = headers['mcp-protocol-version'];
  return typeof value === 'string' ? value.trim() : undefined;
}

function envelope(issue: string): EraVerdict {
  return refuse({
    status: 400,
    rpcCode: rpcCodes.invalidParams,
    code: 'WIRE_ENVELOPE',
    message: `Invalid params: ${issue}.`,
  });
}

function mismatch(header: string, reason: string): EraVerdict {
  return refuse(headerMismatch(header, reason));
}

function unsupported(requested: string | undefined, supported: readonly string[]): EraVerdict {
  const data = { supported, requested: requested ?? null };
  return refuse({
    status: 400,
    rpcCode: rpcCodes.unsupportedVersion,
    code: 'WIRE_VERSION',
    message: 'Unsupported protocol version.',
    data,
  });
}

function refuse(refusal: RpcRefusal): EraVerdict {
  return { ok: false, refusal };
}

/** The refusal of a header that differs from the body: 400, -32020 (03 H2). */
export function headerMismatch(header: string, reason: string): RpcRefusal {
  return {
    status: 400,
    rpcCode: rpcCodes.headerMismatch,
    code: 'WIRE_HEADER_MISMATCH',
    message: `The ${header} header and the body disagree: ${reason}.`,
    data: { header },
  };
}
