import type { Principal } from '@fairlead/contracts';

/** Principals live as long as their credential is cached, so most calls find their key made. */
const keys = new WeakMap<Principal, string>();

/**
 * A text that two principals share only when they are the same caller: same subject, issuer, tenant and API key (06
 * N05). For map keys and for binding handles; not for showing.
 */
export function principalKey(principal: Principal): string {
  const known = keys.get(principal);
  if (known !== undefined) return known;
  const { sub, issuer, tenant, keyId, via } = principal;
  // JSON quotes each part, so no part can pretend to be two.
  const key = JSON.stringify([sub, issuer ?? '', tenant ?? '', keyId ?? '', via]);
  keys.set(principal, key);
  return key;
}
