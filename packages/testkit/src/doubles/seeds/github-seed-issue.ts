/** A comment of a seeded issue. */
interface GithubSeedComment {
  readonly author: string;
  readonly body: string;
}

/** An issue that the double holds from its start. */
export interface GithubSeedIssue {
  readonly title: string;
  readonly author: string;
  readonly body: string;
  readonly labels: readonly string[];
  readonly assignees?: readonly string[];
  readonly comments?: readonly GithubSeedComment[];
  /** Closed after it was written. Default: open. */
  readonly isClosed?: boolean;
}

/** A pull request that the double holds from its start, into `main`. */
export interface GithubSeedPullRequest {
  readonly title: string;
  readonly author: string;
  readonly body: string;
  readonly branch: string;
}
