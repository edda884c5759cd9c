import { gatewayConfig, type Principal, type ServerConfig } from '@fairlead/contracts';
import type { BackendStatus } from '../../src/catalog/backend-status.ts';
import type { ItemKind } from '../../src/catalog/item.ts';
import type { ServerListing } from '../../src/catalog/server-listing.ts';
import { createSnapshot, type Snapshot } from '../../src/catalog/snapshot.ts';
import type { JsonObject } from '../../src/wire/json-value.ts';

/** A server as a test describes it: how it is configured, and what it lists. */
export interface DescribedServer {
  readonly config?: Partial<ServerConfig>;
  readonly status?: Partial<BackendStatus>;
  readonly opening?: JsonObject;
  readonly items?: Partial<Readonly<Record<ItemKind, readonly unknown[]>>>;
  /** No discovery has succeeded yet. */
  readonly isUnknown?: boolean;
}

const since = new Date('2026-01-01T00:00:00.000Z');

/** Makes a snapshot as the catalog would, from servers that exist only in the test. */
export function makeSnapshot(servers: Readonly<Record<string, DescribedServer>>): Snapshot {
  const states = Object.entries(servers).map(([name, described]) => ({
    name,
    config: { ...defaultConfig(name), ...described.config },
    status: {
      state: 'up',
      since,
      lastError: undefined,
      nextTryAt: undefined,
      staleSince: undefined,
      ...described.status,
    } as const,
    listing: described.isUnknown === true ? undefined : toListing(described),
  }));
  return createSnapshot(1, states);
}

/** A tool's definition, with the permission that an internal server would publish. */
export function toolNamed(name: string, permission?: string, effect = 'read'): JsonObject {
  const meta =
    permission === undefined ? {} : { _meta: { 'dev.fairlead/permission': permission, 'dev.fairlead/effect': effect } };
  return { name, inputSchema: { type: 'object' }, ...meta };
}

/** A caller with permission globs. */
export function callerWith(allow: readonly string[], deny: readonly string[] = []): Principal {
  return { sub: 'ana', roles: ['tester'], allow, deny, via: 'key', keyId: 'abcdefgh2345' };
}

function defaultConfig(name: string): ServerConfig {
  const { servers } = gatewayConfig.parse({
    apiVersion: 'fairlead.dev/v1',
    kind: 'GatewayConfig',
    servers: { [name]: { url: 'http://127.0.0.1:1/mcp', trust: 'internal' } },
  });
  const config = servers[name];
  if (config === undefined) throw new RangeError(`no config for ${name}`);
  return config;
}

function toListing({ opening = {}, items = {} }: DescribedServer): ServerListing {
  const capabilities = { tools: {}, prompts: {}, resources: {}, completions: {} };
  return {
    era: 'modern',
    serves: ['modern', 'legacy'],
    keepsSessions: false,
    opening: { ...opening, capabilities },
    capabilities,
    items: { tool: [], prompt: [], resource: [], template: [], ...items },
    notices: [],
    ttlMs: undefined,
  };
}
