import { PermissionDenied, type ServiceError } from '@fairlead/server-kit/runtime';
import type { GithubConnection, IssueTracker } from '../deps.ts';
import { decideRepositoryWrite, type WriteDecision } from '../domain/repository-policy.ts';
import { repositoryName, type RepositoryRef } from '../domain/repository.ts';
import { configMissing } from './config-missing.ts';
import { repositoryNotFound } from './repository-not-found.ts';

/**
 * Hands out the issue tracker for a repository that may be changed; there is no other way to it.
 *
 * @throws Unavailable `CONFIG_MISSING`; NotFound `REPO_NOT_FOUND`; PermissionDenied `REPO_WRITE_DENIED` with the
 *   repositories that may be changed.
 */
export function requireWritableRepository(
  github: GithubConnection | undefined,
  repository: RepositoryRef,
): IssueTracker {
  if (!github) throw configMissing({ setting: 'GITHUB_TOKEN', effect: 'GitHub cannot be reached' });
  const { issues, repositories } = github;
  const decision = decideRepositoryWrite(repositories, repository);
  if (decision !== 'permitted') throw refusal(decision, repository, repositories.writable);
  return issues;
}

function refusal(
  decision: Exclude<WriteDecision, 'permitted'>,
  repository: RepositoryRef,
  writable: readonly string[],
): ServiceError {
  if (decision === 'unlisted') return repositoryNotFound(repository);
  if (decision === 'read_only') return writeDenied(repositoryName(repository), writable);
  return configMissing({ setting: 'DEVOPS_GITHUB_WRITE_REPOS', effect: 'no repository may be changed' });
}

function writeDenied(repository: string, writable: readonly string[]): PermissionDenied {
  return new PermissionDenied('REPO_WRITE_DENIED', {
    publicMessage: `${repository} may be read and not changed.`,
    fix: `Repositories that may be changed: ${writable.join(', ')}.`,
    details: { repository, writable },
  });
}
