import { z } from 'zod';
import { askDouble } from './double-http.ts';

const issue = z.looseObject({
  number: z.int(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  body: z.string().nullable(),
  user: z.looseObject({ login: z.string() }),
  labels: z.array(z.looseObject({ name: z.string() }).transform(({ name }) => name)),
  assignees: z.array(z.looseObject({ login: z.string() }).transform(({ login }) => login)),
  comments: z.int(),
});

const pullRequest = z.looseObject({ number: z.int(), title: z.string(), state: z.string() });

/** An issue as the double holds it. */
export type GithubDoubleIssue = z.output<typeof issue>;

/** A pull request as the double holds it. */
export type GithubDoublePullRequest = z.output<typeof pullRequest>;

/** What the GitHub double holds. Repositories are named `owner/repo`. */
export interface GithubDoubleState {
  /** All issues of a repository, open and closed, newest first, without pull requests. */
  issues(repository: string): Promise<readonly GithubDoubleIssue[]>;
  issue(repository: string, number: number): Promise<GithubDoubleIssue>;
  pullRequests(repository: string): Promise<readonly GithubDoublePullRequest[]>;
}

const perPage = 100;

/** Looks into a GitHub double, in this process or another. */
export function githubDoubleState({ url, token }: { readonly url: string; readonly token: string }): GithubDoubleState {
  const get = <Schema extends z.ZodType>(path: string, answer: Schema): Promise<z.output<Schema>> =>
    askDouble(url, { method: 'GET', path, token, answer });

  async function all<Schema extends z.ZodType>(path: string, item: Schema): Promise<readonly z.output<Schema>[]> {
    const found: z.output<Schema>[] = [];
    for (let page = 1; ; page += 1) {
      const items = await get(`${path}?state=all&per_page=${perPage}&page=${page}`, z.array(item));
      found.push(...items);
      if (items.length < perPage) return found;
    }
  }

  return {
    issues: (repository) => all(`/repos/${repository}/issues`, issue),
    issue: (repository, number) => get(`/repos/${repository}/issues/${number}`, issue),
    pullRequests: (repository) => all(`/repos/${repository}/pulls`, pullRequest),
  };
}
