import { objectField, type JsonObject } from '../wire/json-value.ts';
import { MODERN_VERSION, protocolMeta } from '../wire/protocol.ts';
import { LIST_TTL_MS_MAX } from './list-result.ts';
import { legacyVersionFor } from './opening-result.ts';
import { openingInstructions, openingServerInfo } from './opening-facts.ts';
import type { ServerView } from './snapshot.ts';

/** What the bridge carries. Flags below them, such as `listChanged`, are not carried and so not shown (03 D2). */
const CARRIED = ['tools', 'prompts', 'resources', 'completions', 'logging'];

/** `server/discover` of an older server on its own route, for modern clients. */
export function crossedDiscoverResult({ listing }: ServerView): JsonObject {
  const serverInfo = openingServerInfo(listing?.opening);
  return {
    resultType: 'complete',
    supportedVersions: [MODERN_VERSION],
    capabilities: carriedCapabilities(listing?.capabilities),
    ...instructionsOf(listing?.opening),
    ttlMs: LIST_TTL_MS_MAX,
    cacheScope: 'private',
    ...(serverInfo === undefined ? {} : { _meta: { [protocolMeta.serverInfo]: serverInfo } }),
  };
}

/** `initialize` of a modern server on its own route, for older clients. */
export function crossedInitializeResult({ name, listing }: ServerView, requested: string | undefined): JsonObject {
  return {
    protocolVersion: legacyVersionFor(requested),
    capabilities: carriedCapabilities(listing?.capabilities),
    serverInfo: openingServerInfo(listing?.opening) ?? { name, version: '0' },
    ...instructionsOf(listing?.opening),
  };
}

function carriedCapabilities(capabilities: JsonObject | undefined): JsonObject {
  return Object.fromEntries(
    CARRIED.filter((name) => objectField(capabilities, name) !== undefined).map((name) => [name, {}]),
  );
}

function instructionsOf(opening: JsonObject | undefined): JsonObject {
  const instructions = openingInstructions(opening);
  return instructions === undefined ? {} : { instructions };
}
