import type { Principal } from '@fairlead/contracts';

/**
 * Whose documents a call may touch. Built from the verified principal only, and asked for by every method of every
 * store: a call without it does not compile (07 A-22, 06 S-102).
 */
export interface Scope {
  /** Empty when the installation has no tenants. */
  readonly tenant: string;
}

/** The scope of a caller. */
export function scopeOf(principal: Pick<Principal, 'tenant'>): Scope {
  return { tenant: principal.tenant ?? '' };
}
