import type { CallContext } from '@fairlead/server-kit';
import { z } from 'zod';
import { requireReadableRepository } from '../access/require-readable-repository.ts';
import { defineTool } from '../define-tool.ts';
import { cutText } from '../domain/cut-text.ts';
import { commentCharactersMax, issueBodyCharactersMax } from '../domain/issue-budget.ts';
import type { IssueComment, IssueDocument } from '../domain/issue.ts';
import { repositoryName } from '../domain/repository.ts';
import { fields } from '../fields.ts';

const input = z.strictObject({
  owner: fields.owner,
  repo: fields.repo,
  number: fields.issueNumber,
  comments: z.int().min(0).max(100).default(20).describe('Comments per page, oldest first; fewer give more of each.'),
  cursor: fields.cursor.optional(),
});

const comment = z.object({ author: z.string(), association: z.string(), date: z.string(), body: z.string() });

const output = z.object({
  number: z.int(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  author: z.string(),
  labels: z.array(z.string()),
  body: z.string(),
  comments: z.array(comment),
  url: z.string(),
});

const position = z.strictObject({ page: z.int().min(1) });

/** Reads one issue with a page of its comments. A pull request's number answers as a missing issue does. */
export const tool = defineTool({
  name: 'github_get_issue',
  title: 'Read GitHub issue',
  description: 'Read one issue with its comments.',
  permission: 'devops:read',
  toolset: 'github',
  effect: 'read',
  openWorld: true,
  parts: 'page',
  input,
  output,
  text: toText,
  async run({ github }, call, context) {
    const repository = { owner: call.owner, repo: call.repo };
    const issues = requireReadableRepository(github, repository);
    const page = call.cursor === undefined ? 1 : context.cursors.open(call.cursor, position).page;
    const issue = await issues.readIssue(
      { repository, number: call.number, comments: call.comments, commentPage: page },
      context.signal,
    );
    const source = `github:${repositoryName(repository)}#${issue.number}`;
    context.label({ confidentiality: 'private', source });
    const cut: CutOptions = { source, context, commentCharacters: commentCharactersMax(call.comments) };
    return { ...toAnswer(issue, cut), ...pageParts(issue, { asked: call.comments, page }, cut) };
  },
});

interface CutOptions {
  readonly source: string;
  readonly context: CallContext;
  readonly commentCharacters: number;
}

function toAnswer(issue: IssueDocument, options: CutOptions): z.input<typeof output> {
  const { source, context } = options;
  return {
    number: issue.number,
    title: context.clean(issue.title, source),
    state: issue.state,
    author: context.clean(issue.author, source),
    labels: issue.labels.map((label) => context.clean(label, source)),
    body: context.untrusted(cutText(issue.body, issueBodyCharactersMax), source),
    comments: issue.commentPage.map((entry) => toComment(entry, options)),
    url: context.clean(issue.url, source),
  };
}

function toComment(entry: IssueComment, { source, context, commentCharacters }: CutOptions): z.input<typeof comment> {
  return {
    author: context.clean(entry.author, source),
    association: context.clean(entry.association, source),
    date: entry.date,
    body: context.untrusted(cutText(entry.body, commentCharacters), source),
  };
}

function pageParts(issue: IssueDocument, { asked, page }: { asked: number; page: number }, cut: CutOptions) {
  if (issue.moreComments) {
    return {
      truncated: true,
      truncated_by: 'rows' as const,
      next_cursor: cut.context.cursors.seal({ page: page + 1 }),
      notice: `The issue has ${issue.comments} comments. Call again with next_cursor for those that follow.`,
    };
  }
  if (asked === 0 && issue.comments > 0) {
    const notice = `The issue has ${issue.comments} comments that were not asked for. Call again with comments: 20.`;
    return { truncated: true, truncated_by: 'rows' as const, notice };
  }
  if (isCut(issue, cut.commentCharacters)) {
    const notice = 'Texts that end in [+N chars] were cut. Ask for fewer comments to get more of each.';
    return { truncated: true, truncated_by: 'chars' as const, notice };
  }
  return { truncated: false };
}

function isCut({ body, commentPage }: IssueDocument, commentCharacters: number): boolean {
  return body.length > issueBodyCharactersMax || commentPage.some((entry) => entry.body.length > commentCharacters);
}

/** The issue as a document: the text that a person would read. */
function toText({ number, title, state, author, labels, body, comments, url }: z.output<typeof output>): string {
  const head = `#${number} ${title} (${state}) by ${author}${labels.length === 0 ? '' : `, labels: ${labels.join(', ')}`}`;
  const answers = comments.map((entry) => `${entry.author} (${entry.association}), ${entry.date}:\n${entry.body}`);
  return [head, url, body, ...answers].join('\n\n');
}
