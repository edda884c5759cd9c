import type { Principal } from '@fairlead/contracts';

/** The caller on stdio: the owner of the process, who may do everything that the process may (01 §6). */
export function localPrincipal(): Principal {
  return Object.freeze({ sub: 'local', roles: ['local'], allow: ['*'], deny: [], via: 'local' });
}
