import { Unavailable } from '@fairlead/server-kit/runtime';
import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { createFakeTracker, fakeDeps, type FakeTrackerAnswers } from '../../test/fake-deps.ts';
import type { DevopsDeps } from '../deps.ts';
import { tool } from './github-create-issue.ts';

const input = { owner: 'acme', repo: 'shop', title: 'Cards fail', body: 'Since noon.', labels: ['bug'] };

function setup(answers: FakeTrackerAnswers = {}, deps: Partial<DevopsDeps> = {}) {
  const tracker = createFakeTracker(answers);
  const harness = createToolHarness({ tools: [tool], deps: fakeDeps({ tracker, ...deps }) });
  const call = (more: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal) =>
    harness.call('github_create_issue', { ...input, ...more }, signal ? { signal } : {});
  return { harness, tracker, call };
}

function failure(code: string) {
  return { isError: true, _meta: { 'dev.fairlead/error': { code } } };
}

test('keeps its wire definition', async () => {
  await expect(
    expectToolSnapshot(setup().harness.definition('github_create_issue'), import.meta.url),
  ).resolves.toBeUndefined();
});

test('opens the issue and answers its number and address', async () => {
  const { call, tracker } = setup();

  const result = await call({ assignees: ['li-pay'] });

  expect(result.structuredContent).toEqual({
    number: 41,
    url: 'https://github.example/acme/shop/issues/41',
    dry_run: false,
  });
  expect(tracker.created).toEqual([
    {
      repository: { owner: 'acme', repo: 'shop' },
      title: 'Cards fail',
      body: 'Since noon.',
      labels: ['bug'],
      assignees: ['li-pay'],
    },
  ]);
});

// 05 T-03: a dry run does the checks and leaves no trace.
test('a dry run checks, opens nothing and answers what would happen', async () => {
  const { call, tracker } = setup();

  const result = await call({ dry_run: true });

  expect(result.structuredContent).toMatchObject({
    dry_run: true,
    plan: { action: 'open issue', repository: 'acme/shop', title: 'Cards fail', body_characters: 11, labels: ['bug'] },
  });
  expect(tracker.checked).toHaveLength(1);
  expect(tracker.created).toEqual([]);
});

test('the same idempotency key opens one issue', async () => {
  const { call, tracker } = setup();
  await call({ idempotency_key: 'k1' });

  const again = await call({ idempotency_key: 'k1' });

  expect(again.structuredContent).toMatchObject({ number: 41, replayed: true });
  expect(tracker.created).toHaveLength(1);
});

test.each([
  ['a repository that may only be read', { repo: 'handbook' }, 'REPO_WRITE_DENIED'],
  ['a repository off the list', { repo: 'secret' }, 'REPO_NOT_FOUND'],
  ['an empty title', { title: '' }, 'INPUT_INVALID'],
  ['a title of 257 characters', { title: 'x'.repeat(257) }, 'INPUT_INVALID'],
  ['a body of 65,537 characters', { body: 'x'.repeat(65_537) }, 'INPUT_INVALID'],
  ['an unknown argument', { milestone: 1 }, 'INPUT_INVALID'],
])('refuses %s, in a dry run too, and changes nothing', async (_what, more, code) => {
  const { call, tracker } = setup();

  expect(await call(more)).toMatchObject(failure(code));
  expect(await call({ ...more, dry_run: true })).toMatchObject(failure(code));
  expect([tracker.created, tracker.checked]).toEqual([[], []]);
});

test('names the repositories that may be changed', async () => {
  expect(await setup().call({ repo: 'handbook' })).toMatchObject({
    content: [{ text: expect.stringContaining('Repositories that may be changed: acme/shop.') }],
  });
});

test('takes the longest title and body', async () => {
  const { call, tracker } = setup();

  await call({ title: 'x'.repeat(256), body: 'x'.repeat(65_536) });

  expect(tracker.created).toHaveLength(1);
});

test('names the setting until a list of targets is set', async () => {
  const github = { issues: createFakeTracker(), repositories: { readable: ['*'], writable: [] } };

  expect(await setup({}, { github }).call()).toMatchObject({
    ...failure('CONFIG_MISSING'),
    content: [{ text: expect.stringContaining('DEVOPS_GITHUB_WRITE_REPOS') }],
  });
});

test('hands on what the upstream says', async () => {
  const error = new Unavailable('UPSTREAM_DOWN', { publicMessage: 'GitHub did not answer.', retryable: false });
  const { call, tracker } = setup({ error });

  expect(await call()).toMatchObject(failure('UPSTREAM_DOWN'));
  expect(tracker.created).toEqual([]);
});

test('says that something may have changed when the caller cancels', async () => {
  const cancel = new AbortController();

  const calling = setup({ hang: true }).call({}, cancel.signal);
  cancel.abort();

  expect(await calling).toMatchObject({
    ...failure('CALL_CANCELLED'),
    content: [{ text: expect.stringContaining('may have changed') }],
  });
});
