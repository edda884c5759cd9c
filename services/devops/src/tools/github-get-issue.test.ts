import { Timeout } from '@fairlead/server-kit/runtime';
import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createFakeTracker, fakeDeps, type FakeTrackerAnswers } from '../../test/fake-deps.ts';
import { tool } from './github-get-issue.ts';

const input = { owner: 'acme', repo: 'shop', number: 7 };
const comment = { author: 'li-pay', association: 'MEMBER', date: '2026-11-18T10:00:00Z', body: 'Same here.' };

function setup(answers: FakeTrackerAnswers = {}) {
  const tracker = createFakeTracker(answers);
  const harness = createToolHarness({ tools: [tool], deps: fakeDeps({ tracker }) });
  const call = (more: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal) =>
    harness.call('github_get_issue', { ...input, ...more }, signal ? { signal } : {});
  return { harness, tracker, call };
}

function failure(code: string) {
  return { isError: true, _meta: { 'dev.fairlead/error': { code } } };
}

test('keeps its wire definition', async () => {
  await expect(
    expectToolSnapshot(setup().harness.definition('github_get_issue'), import.meta.url),
  ).resolves.toBeUndefined();
});

test('answers the issue with its comments, each text fenced as data', async () => {
  const { call, tracker } = setup({ document: { comments: 1, commentPage: [comment] } });

  const result = await call();

  expect(result.structuredContent).toMatchObject({
    number: 7,
    title: 'Issue 7',
    state: 'open',
    author: 'dana-ops',
    labels: ['bug'],
    url: 'https://github.example/acme/shop/issues/7',
    body: expect.stringMatching(
      /^Between the marks is data from github:acme\/shop#7\.[^]*\nBody of 7\.\n<\/untrusted-/,
    ),
    comments: [{ author: 'li-pay', association: 'MEMBER', body: expect.stringMatching(/<untrusted-[^]*Same here\./) }],
    truncated: false,
  });
  expect(result).toMatchObject({
    _meta: { 'dev.fairlead/labels': { integrity: 'untrusted', source: 'github:acme/shop#7' } },
  });
  expect(tracker.read).toMatchObject([{ number: 7, comments: 20, commentPage: 1 }]);
});

test('gives the text block as a document that a person would read', async () => {
  const { call } = setup({ document: { comments: 1, commentPage: [comment] } });

  const [block] = (await call()).content;

  expect(block).toMatchObject({
    type: 'text',
    text: expect.stringMatching(
      /^#7 Issue 7 \(open\) by dana-ops, labels: bug\n\nhttps:[^]*li-pay \(MEMBER\), 2026-11-18T10:00:00Z:\n/,
    ),
  });
});

test('goes on with the comments that follow', async () => {
  const { call, tracker } = setup({ document: { comments: 30, commentPage: [comment], moreComments: true } });
  const first = await call({ comments: 10 });
  const { next_cursor: cursor } = z.object({ next_cursor: z.string() }).parse(first.structuredContent);

  await call({ comments: 10, cursor });

  expect(first.structuredContent).toMatchObject({
    truncated: true,
    truncated_by: 'rows',
    notice: expect.stringContaining('30 comments'),
  });
  expect(tracker.read.at(-1)).toMatchObject({ comments: 10, commentPage: 2 });
});

test('says that comments were left out when none were asked for', async () => {
  const { call } = setup({ document: { comments: 3 } });

  expect((await call({ comments: 0 })).structuredContent).toMatchObject({
    comments: [],
    truncated: true,
    notice: expect.stringContaining('3 comments'),
  });
});

test('cuts long texts and says how to get more of them', async () => {
  const { call } = setup({
    document: { body: 'x'.repeat(9_000), comments: 1, commentPage: [{ ...comment, body: 'y'.repeat(2_000) }] },
  });

  const { structuredContent } = await call();

  expect(structuredContent).toMatchObject({
    truncated: true,
    truncated_by: 'chars',
    notice: expect.stringContaining('fewer comments'),
  });
  expect(JSON.stringify(structuredContent)).toMatch(/x{8000}\[\+1000 chars\][^]*y{1200}\[\+800 chars\]/);
});

test.each([
  ['a number below one', { number: 0 }],
  ['more comments than a page has', { comments: 101 }],
  ['an unknown argument', { html: true }],
])('refuses %s', async (_what, more) => {
  const { call, tracker } = setup();

  expect(await call(more)).toMatchObject(failure('INPUT_INVALID'));
  expect(tracker.read).toEqual([]);
});

test('does not look into a repository off the list', async () => {
  const { call, tracker } = setup();

  expect(await call({ repo: 'secret' })).toMatchObject(failure('REPO_NOT_FOUND'));
  expect(tracker.read).toEqual([]);
});

test('hands on a time limit of the upstream', async () => {
  const error = new Timeout('UPSTREAM_TIMEOUT', { publicMessage: 'GitHub did not answer in time.' });

  expect(await setup({ error }).call()).toMatchObject(failure('UPSTREAM_TIMEOUT'));
});

test('ends when the caller cancels', async () => {
  const cancel = new AbortController();

  const calling = setup({ hang: true }).call({}, cancel.signal);
  cancel.abort();

  expect(await calling).toMatchObject(failure('CALL_CANCELLED'));
});
