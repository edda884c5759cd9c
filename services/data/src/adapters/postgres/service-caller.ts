import type { Principal } from '@fairlead/contracts';
import type { Caller } from '../../deps.ts';

const principal: Principal = { sub: 'fairlead-data', roles: [], allow: [], deny: [], via: 'local' };

/**
 * The server itself as a caller: for what it asks of a database on behalf of all, such as the catalog. It has slots of
 * its own, so that no caller's load can keep it from the others.
 */
export function serviceCaller(signal: AbortSignal = new AbortController().signal): Caller {
  return { principal, signal };
}
