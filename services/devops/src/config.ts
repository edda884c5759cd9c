import { commaList, defineConfig, flag, secret, setting } from '@fairlead/server-kit/runtime';
import { z } from 'zod';

const httpUrl = z
  .url({ protocol: /^https?$/, error: 'is not an http or https URL' })
  .refine((value) => !hasMoreThanPath(value), 'must not carry a user, a query or a fragment');

const repositoryPatterns = commaList().refine(
  (items) =>
    items.every((item) =>
      /^(?:\*|[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?:\*|(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}))$/.test(item),
    ),
  'has an item that is not owner/repo, owner/* or *',
);

const channelIds = commaList().refine(
  (items) => items.every((item) => /^(?:\*|[CGD][A-Z0-9]{8,20})$/.test(item)),
  'has an item that is not a channel id such as C0123456789, or *',
);

const systems = z.enum(['github', 'slack'], { error: 'has an item that is not github or slack' });

/** Settings of this service. A list of targets that is absent or empty means none; `*` must be written out (05 T-08). */
export const config = defineConfig({
  GITHUB_URL: setting(
    httpUrl.default('https://api.github.com'),
    "Root of GitHub's REST API. For an Enterprise Server: https://<host>/api/v3.",
    { example: 'https://api.github.com' },
  ),
  GITHUB_TOKEN: setting(secret().optional(), 'Token for GitHub. Absent: GitHub tools answer CONFIG_MISSING.'),
  DEVOPS_GITHUB_REPOS: setting(
    repositoryPatterns.default([]),
    'Repositories that may be read: owner/repo, owner/* or *. Absent: none.',
    { example: 'acme/shop,acme/handbook' },
  ),
  DEVOPS_GITHUB_WRITE_REPOS: setting(
    repositoryPatterns.default([]),
    'Repositories that may be changed, in the same form; they may be read too. Absent: none.',
    { example: 'acme/shop' },
  ),
  SLACK_URL: setting(httpUrl.default('https://slack.com/api/'), "Root of Slack's Web API.", {
    example: 'https://slack.com/api/',
  }),
  SLACK_TOKEN: setting(secret().optional(), 'Bot token for Slack. Absent: Slack tools answer CONFIG_MISSING.'),
  DEVOPS_SLACK_WRITE_CHANNELS: setting(
    channelIds.default([]),
    'Ids of channels that may be posted to, or *. Absent: none.',
    { example: 'C0123456789' },
  ),
  DEVOPS_SLACK_DMS: setting(flag().default(false), 'Whether listed direct messages (D...) may be posted to.'),
  DEVOPS_DOUBLES: setting(
    commaList().pipe(z.array(systems)).default([]),
    'Systems behind whose URL a stand-in answers (github, slack); list_integrations says so. Changes nothing else.',
    { example: 'github,slack' },
  ),
  DEVOPS_UPSTREAM_TIMEOUT_MS: setting(
    z.coerce.number().int().min(100).max(60_000).default(15_000),
    'Longest time of one request to an outside system.',
  ),
  DEVOPS_UPSTREAM_CONCURRENCY: setting(
    z.coerce.number().int().min(1).max(100).default(8),
    'Most requests that are open to one outside system at once; more wait their turn.',
  ),
});

function hasMoreThanPath(value: string): boolean {
  const url = new URL(value);
  return url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '';
}
