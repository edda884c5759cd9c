import type { Principal } from '@fairlead/contracts';
import { compilePermissionMatcher } from '@fairlead/server-kit/identity';
import { PermissionDenied } from '@fairlead/server-kit/runtime';

/**
 * Lets a caller pass who may make and write collections that other tenants read.
 *
 * @throws PermissionDenied `AIML_SHARED_DENIED`
 */
export function requireSharedRight(principal: Principal): void {
  const permits = compilePermissionMatcher(principal.allow, principal.deny);
  if (!permits('aiml:admin')) throw sharedDenied();
}

/** The refusal of a change to a shared collection. */
export function sharedDenied(): PermissionDenied {
  return new PermissionDenied('AIML_SHARED_DENIED', {
    publicMessage: 'A shared collection is made and written by its own tenant, with the permission aiml:admin.',
    fix: 'Use a collection of visibility "tenant", or ask an administrator.',
  });
}
