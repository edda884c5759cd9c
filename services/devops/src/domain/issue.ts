import type { RepositoryRef } from './repository.ts';

/** Whether an issue is worked on. */
type IssueState = 'open' | 'closed';

/** Where a walk over a repository's issues stands: a page of GitHub's own list and how many of its entries are done. */
export interface IssuePosition {
  readonly page: number;
  readonly skip: number;
}

/** Which issues to list, newest first. */
export interface IssueQuery {
  readonly repository: RepositoryRef;
  readonly state: IssueState | 'all';
  readonly labels: readonly string[];
  readonly assignee: string | undefined;
  /** Only issues changed at or after this time. */
  readonly since: Date | undefined;
  readonly limit: number;
  readonly position: IssuePosition;
}

/** One issue in a list. Text is as GitHub sent it: nothing in it is to be trusted. */
export interface IssueSummary {
  readonly number: number;
  readonly title: string;
  readonly state: IssueState;
  readonly author: string;
  readonly labels: readonly string[];
  readonly comments: number;
  readonly updatedAt: string;
  readonly body: string;
}

/** A part of a list. `next` is absent at its end. */
export interface IssuePage {
  readonly issues: readonly IssueSummary[];
  readonly next: IssuePosition | undefined;
  /** The page is short because the entries that were read are pull requests, not because the list ends. */
  readonly stoppedEarly: boolean;
}

/** Which issue to read, with which part of its comments. */
export interface IssueReadQuery {
  readonly repository: RepositoryRef;
  readonly number: number;
  /** Comments per page; 0: none. */
  readonly comments: number;
  readonly commentPage: number;
}

/** One comment below an issue. */
export interface IssueComment {
  readonly author: string;
  /** GitHub's word for what the author is to the repository: `MEMBER`, `CONTRIBUTOR`, `NONE`. */
  readonly association: string;
  readonly date: string;
  readonly body: string;
}

/** An issue with a page of its comments. */
export interface IssueDocument extends IssueSummary {
  readonly url: string;
  readonly commentPage: readonly IssueComment[];
  /** Whether GitHub holds more comments after this page. */
  readonly moreComments: boolean;
}

/** An issue to be opened. */
export interface IssueDraft {
  readonly repository: RepositoryRef;
  readonly title: string;
  readonly body: string | undefined;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
}

/** An issue that was opened. */
export interface CreatedIssue {
  readonly number: number;
  readonly url: string;
}
