import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { askDouble } from './double-http.ts';
import { startGithubDouble, type GithubDouble } from './github-double.ts';
import { githubDoubleToken } from './seeds/github-people.ts';

let github: GithubDouble;

beforeAll(async () => {
  github = await startGithubDouble();
});

afterAll(async () => {
  await github.stop();
});

test('holds 40 issues and 12 pull requests of acme/shop under running numbers', async () => {
  const issues = await github.state.issues('acme/shop');
  const pullRequests = await github.state.pullRequests('acme/shop');

  expect(issues).toHaveLength(40);
  expect(pullRequests).toHaveLength(12);
  expect([...issues, ...pullRequests].map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 52 }, (_, index) => index + 1),
  );
});

test('tells the story of the failed payments in one issue', async () => {
  const issues = await github.state.issues('acme/shop');

  expect(issues.find(({ title }) => title.startsWith('Card payments fail'))).toMatchObject({
    number: 26,
    state: 'closed',
    comments: 5,
    labels: ['bug', 'payments', 'incident'],
    assignees: ['li-pay', 'dana-ops'],
  });
});

test('holds one hostile issue in the public handbook, with what no screen shows', async () => {
  const [issue, ...others] = await github.state.issues('acme/handbook');

  expect(others).toEqual([]);
  expect(issue?.user.login).toBe('mallory-fixes');
  expect(issue?.body).toMatch(/ignore all previous instructions/);
  expect(issue?.body).toMatch(/[\u{E0000}-\u{E007F}]/u);
});

test('numbers and texts are the same at each start', async () => {
  await using other = await startGithubDouble();

  const known = await github.state.issues('acme/shop');
  const again = await other.state.issues('acme/shop');

  const facts = (issues: typeof known) =>
    issues.map(({ number, title, body, state, labels }) => ({ number, title, body, state, labels }));
  expect(facts(again).toSorted(byNumber)).toEqual(facts(known).toSorted(byNumber));
});

test('forgets what happened when it is reset', async () => {
  await using other = await startGithubDouble();
  await openIssue(other, 'Coffee is out');
  expect(await other.state.issues('acme/shop')).toHaveLength(41);

  await other.reset();

  expect(await other.state.issues('acme/shop')).toHaveLength(40);
});

test('gives an unknown token no rights in the organization', async () => {
  const reading = askDouble(github.url, {
    method: 'GET',
    path: '/repos/acme/shop/issues',
    token: 'unknown',
    answer: z.unknown(),
  });

  await expect(reading).rejects.toMatchObject({ code: 'DOUBLE_REFUSED' });
});

test('refuses to start on a port that is taken, and says which', async () => {
  const port = Number(new URL(github.url).port);

  await expect(startGithubDouble({ port })).rejects.toMatchObject({
    code: 'PART_START_FAILED',
    publicMessage: expect.stringContaining(String(port)),
  });
});

function byNumber(left: { readonly number: number }, right: { readonly number: number }): number {
  return left.number - right.number;
}

async function openIssue({ url }: GithubDouble, title: string): Promise<void> {
  await askDouble(url, {
    method: 'POST',
    path: '/repos/acme/shop/issues',
    token: githubDoubleToken('dana-ops'),
    body: { title },
    answer: z.looseObject({ number: z.int() }),
  });
}
