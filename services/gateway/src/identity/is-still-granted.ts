import type { Principal } from '@fairlead/contracts';
import { resolveRoles } from '@fairlead/server-kit/identity';
import type { ConfiguredIdentity } from './configure-identity.ts';

/** Whether a config still knows a caller: the key is there and not revoked, the issuer is still trusted. */
export function isStillKnown({ keys, issuers }: ConfiguredIdentity, { via, keyId, issuer }: Principal): boolean {
  if (via === 'key') return keys?.list().some(({ id, revokedAt }) => id === keyId && revokedAt === undefined) ?? false;
  return via !== 'jwt' || (issuer !== undefined && issuers.has(issuer));
}

/** Whether a config gives a caller exactly what it had when it was let in. */
export function isStillGranted({ roles }: ConfiguredIdentity, { roles: names, allow, deny }: Principal): boolean {
  const now = resolveRoles(roles, names);
  return JSON.stringify([now.allow, now.deny]) === JSON.stringify([allow, deny]);
}
