import { loadConfig } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import { config } from './config.ts';

test('without settings nothing is open, and the real systems are meant', () => {
  expect(loadConfig(config, {})).toMatchObject({
    GITHUB_URL: 'https://api.github.com',
    GITHUB_TOKEN: undefined,
    DEVOPS_GITHUB_REPOS: [],
    DEVOPS_GITHUB_WRITE_REPOS: [],
    SLACK_URL: 'https://slack.com/api/',
    SLACK_TOKEN: undefined,
    DEVOPS_SLACK_WRITE_CHANNELS: [],
    DEVOPS_SLACK_DMS: false,
    DEVOPS_DOUBLES: [],
    DEVOPS_UPSTREAM_TIMEOUT_MS: 15_000,
    DEVOPS_UPSTREAM_CONCURRENCY: 8,
  });
});

test('reads lists with commas', () => {
  const settings = {
    DEVOPS_GITHUB_REPOS: 'acme/shop, acme/*',
    DEVOPS_SLACK_WRITE_CHANNELS: 'C000000001,*',
    DEVOPS_DOUBLES: 'github,slack',
  };

  expect(loadConfig(config, settings)).toMatchObject({
    DEVOPS_GITHUB_REPOS: ['acme/shop', 'acme/*'],
    DEVOPS_SLACK_WRITE_CHANNELS: ['C000000001', '*'],
    DEVOPS_DOUBLES: ['github', 'slack'],
  });
});

test.each([
  ['DEVOPS_GITHUB_REPOS', 'shop', /owner\/repo/],
  ['DEVOPS_GITHUB_REPOS', 'acme/..', /owner\/repo/],
  ['DEVOPS_GITHUB_WRITE_REPOS', '*/shop', /owner\/repo/],
  ['DEVOPS_SLACK_WRITE_CHANNELS', '#general', /channel id/],
  ['DEVOPS_DOUBLES', 'jira', /not github or slack/],
  ['GITHUB_URL', 'ftp://github.example', /http or https/],
  ['GITHUB_URL', 'https://user:pass@github.example', /must not carry/],
  ['DEVOPS_UPSTREAM_TIMEOUT_MS', '90000', /100 to 60000/],
  ['DEVOPS_UPSTREAM_CONCURRENCY', '0', /1 to 100/],
])('%s=%s ends the start and says what would work', (name, value, words) => {
  expect(() => loadConfig(config, { [name]: value })).toThrow(words);
});
