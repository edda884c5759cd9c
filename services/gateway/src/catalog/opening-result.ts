import { metaKeys, type Principal } from '@fairlead/contracts';
import { visible } from '../policy/decide.ts';
import type { JsonObject } from '../wire/json-value.ts';
import { LEGACY_VERSION_LATEST, LEGACY_VERSIONS, MODERN_VERSION, protocolMeta } from '../wire/protocol.ts';
import { LIST_TTL_MS_MAX } from './list-result.ts';
import { openingInstructions } from './opening-facts.ts';
import type { ServerView, Snapshot } from './snapshot.ts';

/** Longest instructions of one server, and of all together, in UTF-16 units (03 D4). */
const SERVER_INSTRUCTIONS_MAX = 2_000;
const INSTRUCTIONS_MAX = 16_000;

/** For whom `/mcp` introduces itself. */
export interface OpeningRequest {
  readonly principal: Principal;
  readonly serverInfo: JsonObject;
}

/** The answer of `/mcp` to `server/discover`: capabilities and instructions of the servers that the caller may use. */
export function discoverResult(snapshot: Snapshot, { principal, serverInfo }: OpeningRequest): Buffer {
  return snapshot.lists.get(`discover ${snapshot.access.of(principal).id}`, () => {
    const servers = visibleServers(snapshot, principal);
    return JSON.stringify({
      resultType: 'complete',
      supportedVersions: [MODERN_VERSION],
      capabilities: capabilitiesOf(servers),
      instructions: instructionsOf(servers),
      ttlMs: LIST_TTL_MS_MAX,
      cacheScope: 'private',
      _meta: { [protocolMeta.serverInfo]: serverInfo, [metaKeys.backends]: backendsOf(servers) },
    });
  });
}

/** The answer of `/mcp` to `initialize`: the asked version if it is known, else the newest that has `initialize` (03 E2). */
export function initializeResult(
  snapshot: Snapshot,
  requested: string | undefined,
  { principal, serverInfo }: OpeningRequest,
): JsonObject {
  const servers = visibleServers(snapshot, principal);
  return {
    protocolVersion: legacyVersionFor(requested),
    capabilities: { ...capabilitiesOf(servers), ...loggingOf(servers) },
    serverInfo,
    instructions: instructionsOf(servers),
    _meta: { [metaKeys.backends]: backendsOf(servers) },
  };
}

/** The version that an `initialize` is answered with: the asked one if it is known, else the newest that has it. */
export function legacyVersionFor(requested: string | undefined): string {
  return requested !== undefined && LEGACY_VERSIONS.includes(requested) ? requested : LEGACY_VERSION_LATEST;
}

/** The servers of which a caller sees at least one item. */
function visibleServers(snapshot: Snapshot, principal: Principal): readonly ServerView[] {
  const names = new Set(
    snapshot.items.filter((item) => visible(snapshot, principal, item)).map(({ server }) => server),
  );
  return [...snapshot.servers.values()].filter(({ name }) => names.has(name));
}

/** The union of what the servers can, as far as `/mcp` carries it: no change notices, no log level, no subscriptions there. */
function capabilitiesOf(servers: readonly ServerView[]): JsonObject {
  const named = new Set(servers.flatMap(({ listing }) => Object.keys(listing?.capabilities ?? {})));
  const carried = ['prompts', 'resources', 'completions'].filter((capability) => named.has(capability));
  return Object.fromEntries(['tools', ...carried].map((capability) => [capability, {}]));
}

/** A log level is set for a session; only older clients have one. */
function loggingOf(servers: readonly ServerView[]): JsonObject {
  return servers.some(({ listing }) => listing !== undefined && 'logging' in listing.capabilities)
    ? { logging: {} }
    : {};
}

function instructionsOf(servers: readonly ServerView[]): string {
  if (servers.length === 0)
    return 'No server offers you anything at the moment. Ask an administrator which role you need.';
  const parts = servers.flatMap(({ name, listing }) => {
    const text = openingInstructions(listing?.opening);
    return text === undefined ? [] : [`## ${name}\n${text.slice(0, SERVER_INSTRUCTIONS_MAX)}`];
  });
  return parts.join('\n\n').slice(0, INSTRUCTIONS_MAX);
}

/** Which servers stand behind `/mcp`, for those who may use them (03 D5). */
function backendsOf(servers: readonly ServerView[]): JsonObject {
  return Object.fromEntries(servers.map(({ name, status }) => [name, { state: status.state }]));
}
