import type { GatewayConfig, Principal, ServerConfig } from '@fairlead/contracts';
import type { ServerView, Snapshot } from '../catalog/snapshot.ts';
import { isInternal } from './hop-permissions.ts';
import type { HopTokens } from './hop-tokens.ts';
import type { SecretSources } from './read-secret.ts';
import { credentialHeaders } from './upstream-credential.ts';

/** The configured credentials of all servers as headers, by the server's name. */
export type ConfiguredCredentials = ReadonlyMap<string, Readonly<Record<string, string>>>;

/** How the gateway shows servers who calls. */
export interface Credentials {
  /** Headers for a call of a caller: the signed identity for our own services, the configured credential for all others. */
  readonly forCaller: (
    snapshot: Snapshot,
    server: ServerView,
    principal: Principal,
  ) => Readonly<Record<string, string>>;
  /** Headers for the gateway's own requests: discovery and change notices. */
  readonly own: (server: string, config: ServerConfig) => Readonly<Record<string, string>>;
  /** Takes over the credentials of a config. A call of before keeps that of the config entry that it began with. */
  adopt(servers: GatewayConfig['servers'], configured: ConfiguredCredentials): void;
}

/**
 * Reads the configured credentials of servers.
 *
 * @throws InvalidInput when a secret that the config names is not there.
 */
export function readCredentials(servers: GatewayConfig['servers'], sources: SecretSources): ConfiguredCredentials {
  return new Map(
    Object.entries(servers).map(([name, { credentials }]) => [name, credentialHeaders(credentials, sources)]),
  );
}

/** Joins the configured credentials with the hop tokens. */
export function createCredentials(hopTokens: HopTokens): Credentials {
  // By the entry and not by the name: a credential never goes to another address than the one that it was written for.
  const ofEntry = new WeakMap<ServerConfig, Readonly<Record<string, string>>>();
  return {
    forCaller(snapshot, server, principal) {
      if (!isInternal(server.config)) return ofEntry.get(server.config) ?? {};
      return { authorization: `Bearer ${hopTokens.tokenFor(snapshot, server, principal)}` };
    },
    own(name, config) {
      if (!isInternal(config)) return ofEntry.get(config) ?? {};
      return { authorization: `Bearer ${hopTokens.ownToken(name)}` };
    },
    adopt(servers, configured) {
      for (const [name, config] of Object.entries(servers)) ofEntry.set(config, configured.get(name) ?? {});
    },
  };
}
