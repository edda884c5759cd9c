import { expect, test } from 'vitest';
import { createRedactor } from './redactor.ts';
import { Secret } from './secret.ts';

// Put together here, so that no scanner takes this file for a leak.
const twenty = 'a1B2c3D4e5F6g7H8i9J0';

test.each([
  ['GitHub token', `ghp_${twenty}${twenty}`],
  ['GitHub server token', `ghs_${twenty}${twenty}`],
  ['GitHub fine-grained token', `github_pat_${twenty}_${twenty}`],
  ['Slack bot token', `xoxb-${twenty}-${twenty}`],
  ['Slack app token', `xapp-1-${twenty}`],
  ['AWS key id', ['AKIA', 'ABCDEFGH12345678'].join('')],
  ['Google key', `AIza${twenty}${twenty.slice(0, 15)}`],
  ['model provider key', `sk-proj-${twenty}`],
  ['GitLab token', `glpat-${twenty}`],
  ['npm token', `npm_${twenty}${twenty}`],
  ['our own key', `flk_abcdefghijkl_${twenty}${twenty}abc`],
  ['JWT', `eyJ${twenty}.eyJ${twenty}.${twenty}`],
  ['unsigned JWT', `eyJ${twenty}.eyJ${twenty}.`],
  ['PEM key', `-----BEGIN RSA PRIVATE KEY-----\n${twenty}+/=\n-----END RSA PRIVATE KEY-----`],
  ['cut PEM key', `-----BEGIN PRIVATE KEY-----\n${twenty}`],
])('hides a %s (06 S-97)', (_what, credential) => {
  const redacted = createRedactor()(`before ${credential} after`);

  expect(redacted).toMatch(/^before \*\*\*/);
  expect(redacted).not.toContain(twenty);
});

test.each([
  ['Authorization: Bearer abc.def', 'Authorization: ***'],
  ['Cookie: a=b; c=d\nHost: x', 'Cookie: ***\nHost: x'],
  ['{"authorization":"Basic dXNlcjpwYXNz","x":1}', '{"authorization":"***","x":1}'],
  ['postgres://user:p@ss@db.internal/shop', 'postgres://***@db.internal/shop'],
  ['password=hunter2&next=1', 'password=***&next=1'],
  ['{"password":"hunter 2","user":"a"}', '{"password":***,"user":"a"}'],
  [String.raw`{\"token\":\"abc\"}`, String.raw`{\"token\":***\"}`],
  ["api_key: 'a b', secret= x", 'api_key: ***, secret= ***'],
  ['API-KEY=abc passwd : def', 'API-KEY=*** passwd : ***'],
])('hides the value in %s', (text, expected) => {
  expect(createRedactor()(text)).toBe(expected);
});

test.each([
  'the task-management and risk-assessment-of-everything pages',
  'GITHUB_TOKEN is not set; passwords are hashed; max_tokens: 400, tokens=5',
  'see https://example.com/a@b and mail me@example.com',
  'npm_config_registry and ghp_short and AKIA1',
  'eyJ is how a token begins; a.b.c',
  '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----',
])('leaves honest text alone: %s', (text) => {
  expect(createRedactor()(text)).toBe(text);
});

test('hides known secrets in clear, JSON-escaped, base64 at each place and URL-encoded', () => {
  const value = 'p"a s/ü+42-canary';
  const redact = createRedactor({ secrets: [new Secret(value)] });

  const spellings = [
    value,
    JSON.stringify(value),
    Buffer.from(value).toString('base64'),
    Buffer.from(value).toString('base64url'),
    Buffer.from(`u:${value}`).toString('base64'),
    Buffer.from(`ab:${value}`).toString('base64'),
    Buffer.from(`abc:${value}:tail`).toString('base64url'),
    encodeURIComponent(value),
    new URLSearchParams({ q: value }).toString(),
  ];

  for (const spelling of spellings) expect(redact(`x ${spelling} y`)).toContain('***');
  expect(redact(spellings.join(' '))).not.toContain('canary');
});

test('leaves secrets of fewer than four characters, which would hide everything', () => {
  expect(createRedactor({ secrets: [new Secret('1')] })('port 8081')).toBe('port 8081');
});

test('hides the longer of two secrets whole', () => {
  const redact = createRedactor({ secrets: [new Secret('abcd'), new Secret('abcdefgh')] });

  expect(redact('x=abcdefgh')).toBe('x=***');
});

test.each([
  'eyJ',
  'eyJa.',
  '://',
  '://a',
  'password="',
  "secret='",
  'token=\\"',
  'cookie:',
  'cookie ',
  '-----BEGIN PRIVATE KEY-----',
  'ghp_',
  'sk-',
  'xoxb-',
])('works through 200 kB of %s in linear time', (unit) => {
  const text = unit.repeat(Math.ceil(200_000 / unit.length));
  const startedMs = performance.now();

  createRedactor({ secrets: [new Secret('a-known-secret')] })(text);

  // A hang guard, not a claim of speed: quadratic work takes minutes here.
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});
