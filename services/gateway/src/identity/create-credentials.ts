import type { GatewayConfig, Principal } from '@fairlead/contracts';
import type { ServerView, Snapshot } from '../catalog/snapshot.ts';
import { isInternal } from './hop-permissions.ts';
import type { HopTokens } from './hop-tokens.ts';
import type { SecretSources } from './read-secret.ts';
import { credentialHeaders } from './upstream-credential.ts';

/** How the gateway shows servers who calls. */
export interface Credentials {
  /** Headers for a call of a caller: the signed identity for our own services, the configured credential for all others. */
  readonly forCaller: (
    snapshot: Snapshot,
    server: ServerView,
    principal: Principal,
  ) => Readonly<Record<string, string>>;
  /** Headers for the gateway's own requests: discovery and change notices. */
  readonly own: (server: string) => Readonly<Record<string, string>>;
}

/**
 * Reads the configured credentials once and joins them with the hop tokens.
 *
 * @throws InvalidInput when a secret that the config names is not there.
 */
export function createCredentials(
  servers: GatewayConfig['servers'],
  hopTokens: HopTokens,
  sources: SecretSources,
): Credentials {
  const configured = new Map(
    Object.entries(servers).map(([name, { credentials }]) => [name, credentialHeaders(credentials, sources)]),
  );
  return {
    forCaller(snapshot, server, principal) {
      if (!isInternal(server.config)) return configured.get(server.name) ?? {};
      return { authorization: `Bearer ${hopTokens.tokenFor(snapshot, server, principal)}` };
    },
    own(name) {
      const config = servers[name];
      if (config === undefined || !isInternal(config)) return configured.get(name) ?? {};
      return { authorization: `Bearer ${hopTokens.ownToken(name)}` };
    },
  };
}
