import type { UpstreamCredential } from '@fairlead/contracts';
import { readSecret, type SecretSources } from './read-secret.ts';

/**
 * Headers by which the gateway shows itself to a server of others: the configured credential, or none. The caller's own
 * credential is never among them (03 A5, 04 G-63).
 *
 * @throws InvalidInput when the secret cannot be read.
 */
export function credentialHeaders(
  credential: UpstreamCredential | undefined,
  sources: SecretSources,
): Readonly<Record<string, string>> {
  if (credential === undefined) return {};
  if ('bearer' in credential) return { authorization: `Bearer ${readSecret(credential.bearer, sources).reveal()}` };
  const { name, value } = credential.header;
  return { [name.toLowerCase()]: readSecret(value, sources).reveal() };
}
