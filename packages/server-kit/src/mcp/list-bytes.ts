import type { Implementation } from './implementation.ts';
import { envelopeKeys, LIST_TTL_MS, type Era } from './protocol.ts';

/** The `result` member of a list answer in both eras, as JSON text made once (03 P-14). */
export type ListBytes = Readonly<Record<Era, string>>;

/**
 * Renders a list result once for both eras. The cache scope is private as soon as permissions filter the list (03 P-15).
 */
export function listBytes(
  result: Readonly<Record<string, unknown>>,
  options: { serverInfo: Implementation; isFiltered: boolean },
): ListBytes {
  const modern = {
    ...result,
    resultType: 'complete',
    ttlMs: LIST_TTL_MS,
    cacheScope: options.isFiltered ? 'private' : 'public',
    _meta: { [envelopeKeys.serverInfo]: options.serverInfo },
  };
  return { modern: JSON.stringify(modern), legacy: JSON.stringify(result) };
}
