import { z } from 'zod';

/** Accounts that were deleted come as null; GitHub's own pages show them as `ghost`. */
const account = z
  .looseObject({ login: z.string() })
  .nullish()
  .transform((user) => user?.login ?? 'ghost');

const label = z
  .union([z.string(), z.looseObject({ name: z.string().nullish() })])
  .transform((value) => (typeof value === 'string' ? value : (value.name ?? '')));

/** An issue or a pull request as GitHub's issue endpoints send it; `pull_request` is there for the latter. */
export const githubIssue = z.looseObject({
  number: z.int(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  user: account,
  labels: z.array(label),
  comments: z.int(),
  updated_at: z.string(),
  body: z.string().nullish(),
  html_url: z.string(),
  pull_request: z.looseObject({}).nullish(),
});

/** A comment below an issue. */
export const githubComment = z.looseObject({
  user: account,
  author_association: z.string().default('NONE'),
  created_at: z.string(),
  body: z.string().nullish(),
});

/** The parts of a repository that decide whether it takes new issues. */
export const githubRepository = z.looseObject({
  archived: z.boolean().default(false),
  has_issues: z.boolean().default(true),
});

/** What Octokit resolves with, cut to what the adapter reads. */
export const githubResponse = z.looseObject({
  status: z.int(),
  headers: z.looseObject({ link: z.string().optional() }),
  data: z.unknown(),
});

/** What Octokit rejects with. `response` is absent when no answer came. */
export const githubRefusal = z.looseObject({
  status: z.int(),
  message: z.string(),
  response: z
    .looseObject({ headers: z.record(z.string(), z.union([z.string(), z.number().transform(String)])) })
    .optional(),
});
