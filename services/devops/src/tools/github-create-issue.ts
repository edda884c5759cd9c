import { z } from 'zod';
import { requireWritableRepository } from '../access/require-writable-repository.ts';
import { defineTool } from '../define-tool.ts';
import type { IssueDraft } from '../domain/issue.ts';
import { repositoryName } from '../domain/repository.ts';
import { fields } from '../fields.ts';

const input = z.strictObject({
  owner: fields.owner,
  repo: fields.repo,
  title: z.string().min(1).max(256),
  body: z.string().max(65_536).optional().describe('Markdown.'),
  labels: z.array(fields.label).max(20).optional(),
  assignees: z.array(fields.login).max(10).optional().describe('Logins.'),
});

/** Opens an issue in a repository that may be changed. A dry run finds out whether the repository takes issues. */
export const tool = defineTool({
  name: 'github_create_issue',
  title: 'Open GitHub issue',
  description: 'Open an issue.',
  permission: 'devops:write',
  toolset: 'github_write',
  effect: 'write',
  openWorld: true,
  input,
  output: z.object({ number: z.int(), url: z.string() }),
  async plan({ github }, call, { signal }) {
    const draft = toDraft(call);
    await requireWritableRepository(github, draft.repository).checkDraft(draft, signal);
    return {
      action: 'open issue',
      repository: repositoryName(draft.repository),
      title: draft.title,
      body_characters: draft.body?.length ?? 0,
      labels: draft.labels,
      assignees: draft.assignees,
    };
  },
  async run({ github }, call, { signal }) {
    const draft = toDraft(call);
    return requireWritableRepository(github, draft.repository).createIssue(draft, signal);
  },
});

function toDraft({ owner, repo, title, body, labels = [], assignees = [] }: z.output<typeof input>): IssueDraft {
  return { repository: { owner, repo }, title, body, labels, assignees };
}
