import { repositoryName, type RepositoryRef } from './repository.ts';

/** Which repositories this server may read and change: `owner/repo`, `owner/*` or `*`. An empty list means none (05 T-08). */
export interface RepositoryPolicy {
  readonly readable: readonly string[];
  readonly writable: readonly string[];
}

/** What the lists say of reading a repository. `unlisted` must look like `does not exist` to the caller. */
export type ReadDecision = 'permitted' | 'no_list' | 'unlisted';

/** What the lists say of changing a repository. `read_only`: the caller may know that it exists. */
export type WriteDecision = ReadDecision | 'read_only';

/** Decides whether a repository may be read. What may be changed may be read too. */
export function decideRepositoryRead(policy: RepositoryPolicy, repository: RepositoryRef): ReadDecision {
  const patterns = [...policy.readable, ...policy.writable];
  if (patterns.length === 0) return 'no_list';
  return matchesAny(patterns, repository) ? 'permitted' : 'unlisted';
}

/** Decides whether a repository may be changed. */
export function decideRepositoryWrite(policy: RepositoryPolicy, repository: RepositoryRef): WriteDecision {
  if (policy.writable.length === 0) return 'no_list';
  if (matchesAny(policy.writable, repository)) return 'permitted';
  return matchesAny(policy.readable, repository) ? 'read_only' : 'unlisted';
}

function matchesAny(patterns: readonly string[], repository: RepositoryRef): boolean {
  // GitHub ignores the case of owners and repositories, so a list must too: it would else refuse what GitHub serves.
  const name = repositoryName(repository).toLowerCase();
  return patterns.some((pattern) => matches(pattern.toLowerCase(), name));
}

function matches(pattern: string, name: string): boolean {
  if (pattern === '*') return true;
  if (pattern.endsWith('/*')) return name.startsWith(pattern.slice(0, -1));
  return pattern === name;
}
