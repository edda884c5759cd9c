/** A repository by the two names that GitHub's paths carry (06 S-70). */
export interface RepositoryRef {
  readonly owner: string;
  readonly repo: string;
}

/** `owner/repo`, as people write it. */
export function repositoryName({ owner, repo }: RepositoryRef): string {
  return `${owner}/${repo}`;
}
