import type { CallContext } from '@fairlead/server-kit';
import { z } from 'zod';
import { requireReadableRepository } from '../access/require-readable-repository.ts';
import { defineTool } from '../define-tool.ts';
import { cutText } from '../domain/cut-text.ts';
import { listedBodyCharactersMax } from '../domain/issue-budget.ts';
import type { IssuePage, IssuePosition, IssueSummary } from '../domain/issue.ts';
import { repositoryName, type RepositoryRef } from '../domain/repository.ts';
import { resolveTime } from '../domain/resolve-time.ts';
import { fields } from '../fields.ts';

const item = z.object({
  number: z.int(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  author: z.string(),
  labels: z.array(z.string()),
  comments: z.int(),
  updated_at: z.string(),
  body: z.string().optional(),
});

const fieldName = z
  .string()
  .min(1)
  .max(40)
  .refine((name) => Object.hasOwn(item.shape, name), `is not one of ${Object.keys(item.shape).join(', ')}`);

// GitHub takes the labels of a filter with commas between them, so a comma in one would silently make it two.
const filterLabel = fields.label.refine((label) => !label.includes(','), 'has a comma, by which GitHub cannot filter');

const input = z.strictObject({
  owner: fields.owner,
  repo: fields.repo,
  state: z.enum(['open', 'closed', 'all']).default('open'),
  labels: z.array(filterLabel).max(10).optional().describe('Only issues that have all of these labels.'),
  assignee: fields.login.optional().describe('Login of the assignee; none: unassigned; *: assigned to anyone.'),
  since: fields.time.optional().describe('Only issues changed since: RFC 3339, now, or now-15m (s, m, h, d).'),
  fields: z.array(fieldName).max(20).optional().describe('body adds the first 2,000 characters of each.'),
  limit: z.int().min(1).default(10).describe('Most issues in the answer.'),
  cursor: fields.cursor.optional(),
});

const firstPosition: IssuePosition = { page: 1, skip: 0 };

const position = z.strictObject({ page: z.int().min(1), skip: z.int().min(0) });

/** Lists the issues of a repository, newest first, without pull requests. Bodies come only when asked for. */
export const tool = defineTool({
  name: 'github_list_issues',
  title: 'List GitHub issues',
  description: 'List issues of a repository.',
  permission: 'devops:read',
  toolset: 'github',
  effect: 'read',
  openWorld: true,
  parts: 'page',
  input,
  output: z.object({ items: z.array(item) }),
  clamped: { limit: 100 },
  text: ({ items }) => (items.length === 0 ? 'No issues.' : items.map(toLine).join('\n')),
  async run({ github, clock }, call, context) {
    const repository = { owner: call.owner, repo: call.repo };
    const issues = requireReadableRepository(github, repository);
    const page = await issues.listIssues(
      {
        repository,
        state: call.state,
        labels: call.labels ?? [],
        assignee: call.assignee,
        since: call.since === undefined ? undefined : resolveTime(call.since, clock.now()),
        limit: call.limit,
        position: call.cursor === undefined ? firstPosition : context.cursors.open(call.cursor, position),
      },
      context.signal,
    );
    context.label({ confidentiality: 'private', source: `github:${repositoryName(repository)}` });
    const withBody = call.fields?.includes('body') ?? false;
    return {
      items: page.issues.map((issue) => toItem(issue, { repository, withBody, context })),
      ...pageParts(page, context),
    };
  },
});

interface ItemOptions {
  readonly repository: RepositoryRef;
  readonly withBody: boolean;
  readonly context: CallContext;
}

function toItem(issue: IssueSummary, { repository, withBody, context }: ItemOptions): z.input<typeof item> {
  const source = `github:${repositoryName(repository)}`;
  const clean = (text: string): string => context.clean(text, source);
  return {
    number: issue.number,
    title: clean(issue.title),
    state: issue.state,
    author: clean(issue.author),
    labels: issue.labels.map(clean),
    comments: issue.comments,
    updated_at: issue.updatedAt,
    ...(withBody && {
      body: context.untrusted(cutText(issue.body, listedBodyCharactersMax), `${source}#${issue.number}`),
    }),
  };
}

function pageParts({ next, stoppedEarly }: IssuePage, context: CallContext) {
  if (!next) return { truncated: false };
  return {
    truncated: true,
    truncated_by: 'rows' as const,
    next_cursor: context.cursors.seal(next),
    notice: stoppedEarly
      ? 'Pull requests fill this part of the list. Call again with next_cursor for the issues after them.'
      : 'More issues follow. Call again with next_cursor, or narrow by labels, assignee or since.',
  };
}

function toLine({
  number,
  state,
  title,
  author,
  labels,
  comments,
  updated_at: updatedAt,
}: z.output<typeof item>): string {
  const marks = labels.length === 0 ? '' : ` [${labels.join(', ')}]`;
  const shown = title.length > 120 ? cutText(title, 120) : title;
  return `#${number} ${state} ${shown}${marks} by ${author}, ${comments} comments, updated ${updatedAt}`;
}
