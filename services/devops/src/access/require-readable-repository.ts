import type { ServiceError } from '@fairlead/server-kit/runtime';
import type { GithubConnection, IssueTracker } from '../deps.ts';
import { decideRepositoryRead, type ReadDecision } from '../domain/repository-policy.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { configMissing } from './config-missing.ts';
import { repositoryNotFound } from './repository-not-found.ts';

/**
 * Hands out the issue tracker for a repository that may be read; there is no other way to it.
 *
 * @throws Unavailable `CONFIG_MISSING`; NotFound `REPO_NOT_FOUND`.
 */
export function requireReadableRepository(
  github: GithubConnection | undefined,
  repository: RepositoryRef,
): IssueTracker {
  if (!github) throw configMissing({ setting: 'GITHUB_TOKEN', effect: 'GitHub cannot be reached' });
  const decision = decideRepositoryRead(github.repositories, repository);
  if (decision !== 'permitted') throw refusal(decision, repository);
  return github.issues;
}

function refusal(decision: Exclude<ReadDecision, 'permitted'>, repository: RepositoryRef): ServiceError {
  if (decision === 'unlisted') return repositoryNotFound(repository);
  return configMissing({ setting: 'DEVOPS_GITHUB_REPOS', effect: 'no repository may be read' });
}
