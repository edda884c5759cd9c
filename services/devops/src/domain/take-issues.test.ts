import { expect, test } from 'vitest';
import { takeIssues } from './take-issues.ts';

const entries = [
  { isPullRequest: false, issue: 'a' },
  { isPullRequest: true, issue: 'pull' },
  { isPullRequest: false, issue: 'b' },
  { isPullRequest: false, issue: 'c' },
];

test('leaves pull requests out', () => {
  expect(takeIssues(entries, 0, 10)).toEqual({ issues: ['a', 'b', 'c'], stoppedAt: undefined });
});

test('stops at the first issue that has no room', () => {
  expect(takeIssues(entries, 0, 2)).toEqual({ issues: ['a', 'b'], stoppedAt: 3 });
});

test('begins where it stopped', () => {
  expect(takeIssues(entries, 3, 2)).toEqual({ issues: ['c'], stoppedAt: undefined });
});

test('a page whose rest is pull requests is used up', () => {
  expect(takeIssues(entries.slice(0, 2), 0, 1)).toEqual({ issues: ['a'], stoppedAt: undefined });
});
