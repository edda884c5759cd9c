/** The two protocol eras (03 §1). */
export type Era = 'modern' | 'legacy';

/** The one revision of the modern era that is served. */
export const MODERN_VERSION = '2026-07-28';

/** The newest revision with `initialize`, answered when an older client asks for one that is not known (03 E2). */
export const LEGACY_VERSION_LATEST = '2025-11-25';

/** Revisions with `initialize`, newest first. */
export const LEGACY_VERSIONS: readonly string[] = [LEGACY_VERSION_LATEST, '2025-06-18', '2025-03-26', '2024-11-05'];

/** Reserved keys of `params._meta` and `result._meta`. */
export const protocolMeta = {
  version: 'io.modelcontextprotocol/protocolVersion',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  logLevel: 'io.modelcontextprotocol/logLevel',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
  subscriptionId: 'io.modelcontextprotocol/subscriptionId',
} as const;
