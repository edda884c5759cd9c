import { NotFound } from '@fairlead/server-kit/runtime';
import { repositoryName, type RepositoryRef } from '../domain/repository.ts';

/**
 * The one answer for a repository that is missing, that the token may not see, or that is not on this server's list,
 * and for a thing that such a repository does not hold (06 R1, N04): the bytes must not tell which.
 */
export function repositoryNotFound(repository: RepositoryRef, cause?: unknown): NotFound {
  const name = repositoryName(repository);
  return new NotFound('REPO_NOT_FOUND', {
    publicMessage: `${name}, or what you asked of it, does not exist or is not open to this server.`,
    fix: 'Call list_integrations for the repositories that are open.',
    details: { repository: name },
    cause,
  });
}
