import { expect, test } from 'vitest';
import { doubledSystems } from './fleet-parts.ts';

test('stands in for a system unless both its token and its targets are given', () => {
  expect(doubledSystems({})).toEqual(['github', 'slack']);
  expect(doubledSystems({ GITHUB_TOKEN: 't', SLACK_TOKEN: 's' })).toEqual(['github', 'slack']);
  expect(doubledSystems({ GITHUB_TOKEN: 't', DEVOPS_GITHUB_REPOS: 'acme/*' })).toEqual(['slack']);
  expect(doubledSystems({ SLACK_TOKEN: 's', DEVOPS_SLACK_WRITE_CHANNELS: '*' })).toEqual(['github']);
});
