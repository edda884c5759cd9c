import { createOutsideCaller } from '@fairlead/server-kit/resilience';
import { createMetrics, createRedactor } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import { createHastyClock } from '../../test/hasty-clock.ts';
import { cut, json, page, silence, startScriptedServer, text, type Script } from '../../test/scripted-server.ts';
import { silentLog } from '../../test/silent-log.ts';
import type { IssueDraft, IssueQuery } from '../domain/issue.ts';
import { createGithubClient } from './github-client.ts';
import { probeGithub } from './github-probe.ts';
import { createGithub } from './github.ts';

// Shapes as api.github.com sent them on 2026-11-20 to `GET /repos/octocat/hello-world/issues`, cut to what matters.
const issue = (number: number, more: Readonly<Record<string, unknown>> = {}) => ({
  id: 1_000 + number,
  number,
  title: `Issue ${number}`,
  user: { login: 'octocat', type: 'User' },
  labels: [{ id: 1, name: 'bug', color: 'f00' }],
  state: 'open',
  comments: 0,
  created_at: '2026-11-01T00:00:00Z',
  updated_at: '2026-11-02T00:00:00Z',
  body: 'It does not work.',
  html_url: `https://github.com/acme/shop/issues/${number}`,
  author_association: 'NONE',
  ...more,
});

const badCredentials = { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' };
const rateLimited = {
  message: 'API rate limit exceeded for user ID 1.',
  documentation_url: 'https://docs.github.com/rest',
};

const repository = { owner: 'acme', repo: 'shop' };
const query: IssueQuery = {
  repository,
  state: 'open',
  labels: [],
  assignee: undefined,
  since: undefined,
  limit: 10,
  position: { page: 1, skip: 0 },
};
const draft: IssueDraft = { repository, title: 'Cards fail', body: 'Since noon.', labels: ['bug'], assignees: [] };

const { signal } = new AbortController();

async function start(scripts: readonly [Script, ...Script[]], { timeoutMs = 20_000 } = {}) {
  const server = await startScriptedServer(...scripts);
  const clock = createHastyClock(timeoutMs);
  const metrics = createMetrics({ name: 'test' });
  const client = createGithubClient({
    url: server.url,
    token: 'ghp_secretsecretsecret1234',
    caller: createOutsideCaller({ system: 'github', metrics, clock, timeoutMs, retries: 0 }),
    clock,
    log: silentLog,
    concurrency: 2,
    redact: createRedactor(),
  });
  return {
    server,
    clock,
    client,
    github: createGithub(client),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test('lists issues newest first, without pull requests, and says who asks by its token', async () => {
  await using parts = await start([json(200, [issue(3), issue(2, { pull_request: { url: 'x' } }), issue(1)])]);

  const listed = await parts.github.listIssues(query, signal);

  expect(listed.issues.map(({ number }) => number)).toEqual([3, 1]);
  expect(listed.issues[0]).toMatchObject({ author: 'octocat', labels: ['bug'], updatedAt: '2026-11-02T00:00:00Z' });
  expect(listed.next).toBeUndefined();
  expect(parts.server.seen[0]).toMatchObject({
    method: 'GET',
    path: '/repos/acme/shop/issues?state=open&sort=created&direction=desc&per_page=50&page=1',
    headers: { authorization: 'token ghp_secretsecretsecret1234', 'x-github-api-version': '2022-11-28' },
  });
});

test('sends every filter, encoded', async () => {
  await using parts = await start([json(200, [])]);

  await parts.github.listIssues(
    {
      ...query,
      state: 'all',
      labels: ['help wanted', 'a&b=c'],
      assignee: '*',
      since: new Date('2026-11-01T00:00:00Z'),
    },
    signal,
  );

  const sent = new URL(parts.server.seen[0]?.path ?? '', parts.server.url).searchParams;
  expect(Object.fromEntries(sent)).toMatchObject({
    state: 'all',
    labels: 'help wanted,a&b=c',
    assignee: '*',
    since: '2026-11-01T00:00:00.000Z',
  });
});

test('goes on where a page had more issues than room, and to the next page after it', async () => {
  const more = { link: '<https://api.github.com/x?page=2>; rel="next"' };
  await using parts = await start([json(200, [issue(5), issue(4), issue(3)], more), json(200, [issue(2)])]);

  const first = await parts.github.listIssues({ ...query, limit: 2 }, signal);
  expect(first).toMatchObject({ next: { page: 1, skip: 2 }, stoppedEarly: false });

  await using again = await start([json(200, [issue(5), issue(4), issue(3)], more), json(200, [issue(2)])]);
  const rest = await again.github.listIssues({ ...query, limit: 2, position: { page: 1, skip: 2 } }, signal);
  expect(rest.issues.map(({ number }) => number)).toEqual([3, 2]);
  expect(again.server.seen.map(({ path }) => path.at(-1))).toEqual(['1', '2']);
});

// A repository of 300 pull requests must not cost 300 requests.
test('gives up after six pages of pull requests and says that it stopped early', async () => {
  const more = { link: '<https://api.github.com/x?page=9>; rel="next"' };
  await using parts = await start([json(200, [issue(1, { pull_request: {} })], more)]);

  const listed = await parts.github.listIssues(query, signal);

  expect(listed).toEqual({ issues: [], next: { page: 7, skip: 0 }, stoppedEarly: true });
  expect(parts.server.seen).toHaveLength(6);
});

test('reads an issue with a page of its comments', async () => {
  const comment = { user: null, author_association: 'MEMBER', created_at: '2026-11-03T00:00:00Z', body: 'Same here.' };
  const more = { link: '<https://api.github.com/x?page=3>; rel="next"' };
  await using parts = await start([json(200, issue(7, { comments: 9 })), json(200, [comment], more)]);

  const read = await parts.github.readIssue({ repository, number: 7, comments: 1, commentPage: 2 }, signal);

  expect(read).toMatchObject({
    number: 7,
    url: 'https://github.com/acme/shop/issues/7',
    moreComments: true,
    commentPage: [{ author: 'ghost', association: 'MEMBER', date: '2026-11-03T00:00:00Z', body: 'Same here.' }],
  });
  expect(parts.server.seen[1]?.path).toBe('/repos/acme/shop/issues/7/comments?per_page=1&page=2');
});

test('asks for no comments when none are wanted', async () => {
  await using parts = await start([json(200, issue(7, { comments: 9 }))]);

  await parts.github.readIssue({ repository, number: 7, comments: 0, commentPage: 1 }, signal);

  expect(parts.server.seen).toHaveLength(1);
});

test("answers a pull request's number like a missing issue", async () => {
  await using parts = await start([json(200, issue(7, { pull_request: {} }))]);

  await expect(
    parts.github.readIssue({ repository, number: 7, comments: 0, commentPage: 1 }, signal),
  ).rejects.toMatchObject({ code: 'REPO_NOT_FOUND' });
});

test('opens an issue with what the draft holds', async () => {
  await using parts = await start([json(201, issue(8))]);

  const created = await parts.github.createIssue(draft, signal);

  expect(created).toEqual({ number: 8, url: 'https://github.com/acme/shop/issues/8' });
  expect(JSON.parse(parts.server.seen[0]?.body ?? '')).toEqual({
    title: 'Cards fail',
    body: 'Since noon.',
    labels: ['bug'],
    assignees: [],
  });
});

test.each([
  ['archived', { archived: true }, /archived/],
  ['without issues', { has_issues: false }, /switched off/],
])('a draft for a repository that is %s is refused before anything is sent', async (_what, facts, reason) => {
  await using parts = await start([json(200, facts)]);

  await expect(parts.github.checkDraft(draft, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_REFUSED',
    publicMessage: expect.stringMatching(reason),
  });
  expect(parts.server.seen.map(({ method }) => method)).toEqual(['GET']);
});

// Nothing here passes by itself, so nothing is tried again.
test.each([
  ['401: the token is wrong', json(401, badCredentials), 'UPSTREAM_AUTH'],
  ['403: the token may not', json(403, { message: 'Resource not accessible' }), 'UPSTREAM_AUTH'],
  ['404: missing, or hidden from the token', json(404, { message: 'Not Found' }), 'REPO_NOT_FOUND'],
  ['410: issues are off', json(410, { message: 'Issues are disabled for this repo' }), 'REPO_NOT_FOUND'],
  ['301: the repository moved', json(301, {}, { location: 'https://api.github.com/repositories/1' }), 'REPO_NOT_FOUND'],
  ['422: the request is not valid', json(422, { message: 'Validation Failed', errors: [] }), 'UPSTREAM_REFUSED'],
  ['a page of a proxy', page(200, '<html>Sign in</html>'), 'UPSTREAM_DOWN'],
  ['JSON of another form', json(200, { items: [] }), 'UPSTREAM_DOWN'],
  ['JSON that is broken', text(200, '[{'), 'UPSTREAM_DOWN'],
] satisfies readonly (readonly [string, Script, string])[])('%s', async (_what, script, code) => {
  await using parts = await start([script]);

  await expect(parts.github.listIssues(query, signal)).rejects.toMatchObject({ code, retryable: false });
  expect(parts.server.seen).toHaveLength(1);
});

test('tries a read three times while GitHub is down, then says so', async () => {
  await using parts = await start([json(502, { message: 'Server Error' })]);

  await expect(parts.github.listIssues(query, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_DOWN',
    retryable: true,
  });
  expect(parts.server.seen).toHaveLength(3);
});

test('a read survives a connection that was cut', async () => {
  await using parts = await start([cut, json(200, [issue(1)])]);

  expect((await parts.github.listIssues(query, signal)).issues).toHaveLength(1);
});

// 05 §6: none for writes after the first byte was sent; a second try could open a second issue.
test.each([
  ['an error of GitHub', json(500, { message: 'Server Error' })],
  ['a cut connection', cut],
  ['an answer of another form', page(201, 'created')],
])('never sends a creation again after %s, and says that the issue may be there', async (_what, script) => {
  await using parts = await start([script, json(201, issue(9))]);

  await expect(parts.github.createIssue(draft, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_DOWN',
    retryable: false,
    publicMessage: expect.stringContaining('may have done what was asked'),
  });
  expect(parts.server.seen).toHaveLength(1);
});

test('a creation that never left may be tried again by the caller', async () => {
  const parts = await start([cut]);
  await parts[Symbol.asyncDispose]();

  await expect(parts.github.createIssue(draft, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_DOWN',
    retryable: true,
  });
});

// 06 §7: 429 with Retry-After: wait <= 10 s once, else a clear error with the time.
test('waits out a short limit once', async () => {
  await using parts = await start([json(429, rateLimited, { 'retry-after': '3' }), json(200, [issue(8)])]);

  expect((await parts.github.listIssues(query, signal)).issues).toHaveLength(1);
  expect(parts.clock.waitsMs).toContain(3_000);
});

test('gives a second limit back with its seconds', async () => {
  await using parts = await start([json(429, rateLimited, { 'retry-after': '3' })]);

  await expect(parts.github.listIssues(query, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_RATE_LIMITED',
    details: { retry_after_s: 3 },
  });
  expect(parts.server.seen).toHaveLength(2);
});

test.each([
  ['Retry-After', 429, (): Record<string, string> => ({ 'retry-after': '90' })],
  [
    'the reset of a used-up limit',
    403,
    (): Record<string, string> => ({
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1_000) + 90),
    }),
  ],
])('does not wait out a limit that is long by %s', async (_what, status, headers) => {
  await using parts = await start([json(status, rateLimited, headers())]);

  await expect(parts.github.listIssues(query, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_RATE_LIMITED',
    retryable: true,
    fix: expect.stringMatching(/Try again in (?:89|90|91) s/),
  });
  expect(parts.server.seen).toHaveLength(1);
});

// GitHub's own marks of a limit, without a word of it in the message.
test.each([
  ['nothing remains', { 'x-ratelimit-remaining': '0' }],
  ['a time to come back', { 'retry-after': '60', 'x-ratelimit-remaining': '4000' }],
])('takes a 403 with %s for a limit, not for a refused token', async (_what, headers) => {
  await using parts = await start([json(403, { message: 'Forbidden' }, headers)]);

  await expect(parts.github.listIssues(query, signal)).rejects.toMatchObject({ code: 'UPSTREAM_RATE_LIMITED' });
});

test('ends a request that takes too long, and does not try it again', async () => {
  await using parts = await start([silence], { timeoutMs: 60 });

  await expect(parts.github.listIssues(query, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_TIMEOUT',
    retryable: true,
  });
  expect(parts.server.seen).toHaveLength(1);
});

test('a creation that takes too long may have happened', async () => {
  await using parts = await start([silence], { timeoutMs: 60 });

  await expect(parts.github.createIssue(draft, signal)).rejects.toMatchObject({
    code: 'UPSTREAM_TIMEOUT',
    retryable: false,
  });
});

test('ends with the reason of the caller when it cancels', async () => {
  const cancel = new AbortController();
  await using parts = await start([
    () => {
      cancel.abort(new Error('the caller went away'));
    },
  ]);

  await expect(parts.github.listIssues(query, cancel.signal)).rejects.toThrow('the caller went away');
  expect(parts.server.seen).toHaveLength(1);
});

// 06 §7: error bodies are cut to 500 characters and redacted.
test('cuts what GitHub says to 500 characters and takes secrets out', async () => {
  const message = `token=ghp_abcdefghijklmnop1234 ${'x'.repeat(900)}`;
  await using parts = await start([json(422, { message })]);

  const error: unknown = await parts.github.listIssues(query, signal).catch((reason: unknown) => reason);

  expect(error).toMatchObject({ publicMessage: expect.not.stringContaining('ghp_') });
  expect(error).toMatchObject({
    publicMessage: expect.stringMatching(/^GitHub refused the request: [^]{500}\[\+\d+ chars\]$/),
  });
});

// 06 N14: refused before any request, also when a caller forgot the pattern.
test('a repository name that is a path never leaves', async () => {
  await using parts = await start([json(200, [])]);

  await expect(
    parts.github.listIssues({ ...query, repository: { owner: 'acme', repo: '..' } }, signal),
  ).rejects.toThrow(RangeError);
  expect(parts.server.seen).toEqual([]);
});

test.each([
  ['answers', json(200, { resources: {} }), true],
  ['has no limits, as an Enterprise Server may', json(404, { message: 'Not Found' }), true],
  ['refuses the token', json(401, badCredentials), false],
  ['is down', json(503, { message: 'Unavailable' }), false],
] satisfies readonly (readonly [string, Script, boolean])[])(
  'the probe of a GitHub that %s',
  async (_what, script, answers) => {
    await using parts = await start([script]);

    expect(await probeGithub(parts.client, signal)).toBe(answers);
  },
);
