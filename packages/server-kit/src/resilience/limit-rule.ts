import type { LimitConfig, Principal } from '@fairlead/contracts';
import { compileGlob } from '../identity/glob.ts';
import { principalKey } from '../identity/principal-key.ts';
import { parseRate } from './parse-rate.ts';
import type { BucketRule } from './token-bucket.ts';

/** A call that asks to be let through. */
export interface LimitedCall {
  readonly principal: Principal;
  readonly server: string;
  /** Wire name of the tool. */
  readonly tool: string;
}

/** One limit, ready to be asked on every call. */
export interface LimitRule extends BucketRule {
  readonly name: string;
  readonly concurrency: number | undefined;
  matches(call: LimitedCall): boolean;
  /** Which calls share a bucket. */
  keyOf(call: LimitedCall): string;
}

/**
 * Prepares a limit of the config. `match` fields are globs; an absent one matches every call.
 *
 * With `per: role` the callers of the matched role share a bucket; without `match.role`, those with the same set of
 * roles do. Callers without a tenant share one with `per: tenant`. `burst` is the rate's count unless given.
 */
export function compileLimitRule(limit: LimitConfig, name: string): LimitRule {
  const rate = parseRate(limit.rate);
  return {
    name,
    ...rate,
    burst: limit.burst ?? rate.count,
    concurrency: limit.concurrency,
    matches: compileMatch(limit.match),
    keyOf: compileKey(limit),
  };
}

function compileMatch(match: LimitConfig['match']): (call: LimitedCall) => boolean {
  const matchesServer = match.server === undefined ? undefined : compileGlob(match.server);
  const matchesTool = match.tool === undefined ? undefined : compileGlob(match.tool);
  const matchesRole = match.role === undefined ? undefined : compileGlob(match.role);
  return function matchesCall({ server, tool, principal }) {
    if (matchesServer && !matchesServer(server)) return false;
    if (matchesTool && !matchesTool(tool)) return false;
    return matchesRole === undefined || principal.roles.some(matchesRole);
  };
}

function compileKey({ per, match }: LimitConfig): (call: LimitedCall) => string {
  return per === 'role' && match.role !== undefined ? () => '' : keyOf[per];
}

const keyOf: Readonly<Record<LimitConfig['per'], (call: LimitedCall) => string>> = Object.freeze({
  principal: ({ principal }) => principalKey(principal),
  tenant: ({ principal }) => principal.tenant ?? '',
  tool: ({ tool }) => tool,
  server: ({ server }) => server,
  role: roleSet,
});

function roleSet({ principal }: LimitedCall): string {
  return principal.roles.toSorted().join(' ');
}
