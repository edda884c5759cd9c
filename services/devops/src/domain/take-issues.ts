/** One entry of GitHub's issue list, which holds pull requests too. */
export interface IssueEntry<Issue> {
  readonly isPullRequest: boolean;
  readonly issue: Issue;
}

/** What was taken from one page of entries. */
export interface TakenIssues<Issue> {
  readonly issues: readonly Issue[];
  /** Index of the first issue that had no room; absent when the page is used up. */
  readonly stoppedAt: number | undefined;
}

/**
 * Takes up to `room` issues from a page of entries, beginning at `skip`, and leaves pull requests out. The index where
 * it stopped lets the next page begin there, so that a walk has neither a gap nor a double.
 */
export function takeIssues<Issue>(
  entries: readonly IssueEntry<Issue>[],
  skip: number,
  room: number,
): TakenIssues<Issue> {
  const issues: Issue[] = [];
  for (const [index, entry] of entries.entries()) {
    if (index < skip || entry.isPullRequest) continue;
    if (issues.length === room) return { issues, stoppedAt: index };
    issues.push(entry.issue);
  }
  return { issues, stoppedAt: undefined };
}
