/** Protocol revisions, reserved keys and headers of MCP that this package uses. Sources: specification 2026-07-28 and 2025-11-25. */

/** The revision without sessions, in which every request describes itself. */
export const MODERN_VERSION = '2026-07-28';

/** Revisions with a handshake, newest first. */
export const LEGACY_VERSIONS: readonly string[] = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];

/** The two ways of speaking MCP. */
export type Era = 'modern' | 'legacy';

/** Reserved keys of `params._meta` and `result._meta` in the modern era. */
export const envelopeKeys = {
  protocolVersion: 'io.modelcontextprotocol/protocolVersion',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
  subscriptionId: 'io.modelcontextprotocol/subscriptionId',
} as const;

/** How long a client may keep a list, in milliseconds (03 P-15). */
export const LIST_TTL_MS = 60_000;
