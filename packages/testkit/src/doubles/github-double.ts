import { z } from 'zod';
import { askDouble, type DoubleRequest } from './double-http.ts';
import type { Double, DoubleOptions } from './double.ts';
import { githubDoubleState, type GithubDoubleState } from './github-double-state.ts';
import { githubBotLogin, githubDoubleToken, githubOrganization, githubPeople } from './seeds/github-people.ts';
import type { GithubSeedIssue, GithubSeedPullRequest } from './seeds/github-seed-issue.ts';
import { handbookIssues } from './seeds/handbook-issues.ts';
import { shopIssues } from './seeds/shop-issues.ts';
import { shopPullRequests } from './seeds/shop-pull-requests.ts';
import { startEmulator } from './start-emulator.ts';

/** A running GitHub double. */
export interface GithubDouble extends Double {
  /** Names of its repositories, `owner/repo`. */
  readonly repositories: readonly string[];
  readonly state: GithubDoubleState;
}

const shop = `${githubOrganization}/shop`;
const handbook = `${githubOrganization}/handbook`;

/**
 * Starts the GitHub double: organization `acme` with the private `shop` (40 issues, 12 pull requests) and the public
 * `handbook` (one hostile issue). The same numbers, texts and people at each start; times are those of the start.
 *
 * It takes any token (an unknown one writes as an outsider), so scopes cannot be tested on it (09 §3.2).
 *
 * @throws Unavailable `PART_START_FAILED`, `DOUBLE_REFUSED`.
 */
export async function startGithubDouble({ port = 0 }: DoubleOptions = {}): Promise<GithubDouble> {
  const { emulator, url } = await startEmulator({ service: 'github', port, seed });
  await seedRepositories(url);
  const token = githubDoubleToken(githubBotLogin);
  return {
    url,
    apiUrl: url,
    token,
    repositories: [shop, handbook],
    state: githubDoubleState({ url, token }),
    async reset() {
      emulator.reset();
      await seedRepositories(url);
    },
    stop: () => emulator.close(),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

const seed = {
  tokens: Object.fromEntries(
    githubPeople.map(({ login }) => [githubDoubleToken(login), { login, scopes: ['repo', 'user'] }]),
  ),
  github: {
    users: githubPeople.map(({ login, name }) => ({ login, name, email: `${login}@acme.example` })),
    orgs: [
      {
        login: githubOrganization,
        name: 'Acme',
        members: githubPeople.filter(({ role }) => role !== 'outsider').map(({ login, role }) => ({ login, role })),
      },
    ],
    repos: [
      { owner: githubOrganization, name: 'shop', private: true, description: 'The shop', language: 'TypeScript' },
      { owner: githubOrganization, name: 'handbook', private: false, description: 'How we work' },
    ],
  },
};

async function seedRepositories(url: string): Promise<void> {
  for (const issue of shopIssues) await writeIssue(url, shop, issue);
  for (const pullRequest of shopPullRequests) await openPullRequest(url, pullRequest);
  for (const issue of handbookIssues) await writeIssue(url, handbook, issue);
}

const numbered = z.looseObject({ number: z.int() });

async function writeIssue(url: string, repository: string, issue: GithubSeedIssue): Promise<void> {
  const { title, body, labels, assignees = [], author, comments = [], isClosed = false } = issue;
  const path = `/repos/${repository}/issues`;
  const { number } = await write(url, author, { method: 'POST', path, body: { title, body, labels, assignees } });
  for (const comment of comments) {
    await askDouble(url, {
      method: 'POST',
      path: `${path}/${number}/comments`,
      token: githubDoubleToken(comment.author),
      body: { body: comment.body },
      answer: z.looseObject({}),
    });
  }
  if (isClosed) await write(url, author, { method: 'PATCH', path: `${path}/${number}`, body: { state: 'closed' } });
}

async function openPullRequest(url: string, { title, body, branch, author }: GithubSeedPullRequest): Promise<void> {
  await write(url, author, {
    method: 'POST',
    path: `/repos/${shop}/pulls`,
    body: { title, body, head: branch, base: 'main' },
  });
}

function write(
  url: string,
  author: string,
  request: Pick<DoubleRequest<typeof numbered>, 'method' | 'path' | 'body'>,
): Promise<z.output<typeof numbered>> {
  return askDouble(url, { ...request, token: githubDoubleToken(author), answer: numbered });
}
