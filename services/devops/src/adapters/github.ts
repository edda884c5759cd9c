import { z } from 'zod';
import { repositoryNotFound } from '../access/repository-not-found.ts';
import type { IssueTracker } from '../deps.ts';
import { encodePathSegment } from '../domain/encode-path-segment.ts';
import type {
  CreatedIssue,
  IssueComment,
  IssueDocument,
  IssueDraft,
  IssuePage,
  IssueQuery,
  IssueReadQuery,
  IssueSummary,
} from '../domain/issue.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { takeIssues } from '../domain/take-issues.ts';
import { githubComment, githubIssue, githubRepository } from './github-answers.ts';
import type { GithubClient } from './github-client.ts';

/** Entries per page of GitHub's list. Fixed, because a cursor counts in pages. */
const entriesPerPage = 50;

/** A repository with many pull requests and few issues must not cost one call more pages than this. */
const pagesPerCallMax = 6;

/**
 * Reads and opens issues on GitHub. GitHub answers 404 both for what is missing and for what the token may not see; so
 * does this.
 *
 * @throws Everything of `GithubClient`.
 */
export function createGithub(client: GithubClient): IssueTracker {
  return {
    listIssues: (query, signal) => listIssues(client, query, signal),
    readIssue: (query, signal) => readIssue(client, query, signal),
    checkDraft: (draft, signal) => checkDraft(client, draft, signal),
    createIssue: (draft, signal) => createIssue(client, draft, signal),
  };
}

async function listIssues(client: GithubClient, query: IssueQuery, signal: AbortSignal): Promise<IssuePage> {
  const issues: IssueSummary[] = [];
  const { repository } = query;
  let { page, skip } = query.position;
  for (let pages = 0; pages < pagesPerCallMax; pages += 1) {
    const { data, hasNext } = await client.read(
      {
        operation: 'list_issues',
        path: `${repositoryPath(repository)}/issues`,
        repository,
        parameters: listParameters(query, page),
        answer: z.array(githubIssue),
      },
      signal,
    );
    const entries = data.map((issue) => ({ isPullRequest: isPullRequest(issue), issue: toSummary(issue) }));
    const taken = takeIssues(entries, skip, query.limit - issues.length);
    issues.push(...taken.issues);
    if (taken.stoppedAt !== undefined) return { issues, next: { page, skip: taken.stoppedAt }, stoppedEarly: false };
    if (!hasNext) return { issues, next: undefined, stoppedEarly: false };
    page += 1;
    skip = 0;
  }
  return { issues, next: { page, skip }, stoppedEarly: issues.length < query.limit };
}

function listParameters(
  { state, labels, assignee, since }: IssueQuery,
  page: number,
): Readonly<Record<string, unknown>> {
  return {
    state,
    sort: 'created',
    direction: 'desc',
    per_page: entriesPerPage,
    page,
    ...(labels.length > 0 && { labels: labels.join(',') }),
    ...(assignee !== undefined && { assignee }),
    ...(since && { since: since.toISOString() }),
  };
}

async function readIssue(client: GithubClient, query: IssueReadQuery, signal: AbortSignal): Promise<IssueDocument> {
  const { repository, number } = query;
  const path = `${repositoryPath(repository)}/issues/${number}`;
  const { data: issue } = await client.read({ operation: 'get_issue', path, repository, answer: githubIssue }, signal);
  // GitHub serves a pull request here too; this server's contract has another tool for those.
  if (isPullRequest(issue)) throw repositoryNotFound(repository);
  const comments = await readComments(client, query, signal);
  return { ...toSummary(issue), url: issue.html_url, ...comments };
}

async function readComments(
  client: GithubClient,
  { repository, number, comments, commentPage }: IssueReadQuery,
  signal: AbortSignal,
): Promise<Pick<IssueDocument, 'commentPage' | 'moreComments'>> {
  if (comments === 0) return { commentPage: [], moreComments: false };
  const { data, hasNext } = await client.read(
    {
      operation: 'list_comments',
      path: `${repositoryPath(repository)}/issues/${number}/comments`,
      repository,
      parameters: { per_page: comments, page: commentPage },
      answer: z.array(githubComment),
    },
    signal,
  );
  return { commentPage: data.map(toComment), moreComments: hasNext };
}

async function checkDraft(client: GithubClient, { repository }: IssueDraft, signal: AbortSignal): Promise<void> {
  const { data } = await client.read(
    { operation: 'get_repository', path: repositoryPath(repository), repository, answer: githubRepository },
    signal,
  );
  if (data.archived) throw client.errors.refused('the repository is archived, so nothing in it can change', undefined);
  if (!data.has_issues) throw client.errors.refused('issues are switched off in the repository', undefined);
}

async function createIssue(client: GithubClient, draft: IssueDraft, signal: AbortSignal): Promise<CreatedIssue> {
  const { repository, title, body, labels, assignees } = draft;
  const { data } = await client.create(
    {
      operation: 'create_issue',
      path: `${repositoryPath(repository)}/issues`,
      repository,
      parameters: { title, labels, assignees, ...(body !== undefined && { body }) },
      answer: githubIssue,
    },
    signal,
  );
  return { number: data.number, url: data.html_url };
}

function repositoryPath({ owner, repo }: RepositoryRef): string {
  return `/repos/${encodePathSegment(owner)}/${encodePathSegment(repo)}`;
}

type GithubIssue = z.output<typeof githubIssue>;

function isPullRequest({ pull_request: pullRequest }: GithubIssue): boolean {
  return pullRequest !== undefined && pullRequest !== null;
}

function toSummary(issue: GithubIssue): IssueSummary {
  return {
    number: issue.number,
    title: issue.title,
    state: issue.state,
    author: issue.user,
    labels: issue.labels,
    comments: issue.comments,
    updatedAt: issue.updated_at,
    body: issue.body ?? '',
  };
}

function toComment(comment: z.output<typeof githubComment>): IssueComment {
  return {
    author: comment.user,
    association: comment.author_association,
    date: comment.created_at,
    body: comment.body ?? '',
  };
}
