import type { IncomingHttpHeaders } from 'node:http';
import { expect, test } from 'vitest';
import { readCredential } from './read-credential.ts';
import type { Refusal } from './refusal.ts';

/** Reads what a request with these header lines would give; as in `node:http`, a second `Authorization` is dropped. */
function read(lines: readonly (readonly [string, string])[], url = '/mcp'): string | Refusal {
  const headers: IncomingHttpHeaders = {};
  for (const [name, value] of lines) headers[name.toLowerCase()] ??= value;
  return readCredential({ headers, rawHeaders: lines.flat(), url });
}

test.for([
  [['Authorization', 'Bearer t0ken']],
  [['authorization', 'bearer t0ken']],
  [['AUTHORIZATION', 'BEARER   t0ken  ']],
  [['X-API-Key', 't0ken']],
  [
    ['Authorization', 'Bearer t0ken'],
    ['X-Api-Key', 't0ken'],
  ],
] as const)('finds the credential in %j', (lines) => {
  expect(read(lines)).toBe('t0ken');
});

test('answers 401 and how to send one when there is none', () => {
  expect(read([['accept', 'text/html']])).toEqual({
    status: 401,
    code: 'AUTH_REQUIRED',
    publicMessage: expect.stringContaining('Authorization: Bearer'),
    hadCredential: false,
  });
});

test.for([
  [
    ['Authorization', 'Bearer one'],
    ['X-API-Key', 'two'],
  ],
  [
    ['Authorization', 'Basic b25l'],
    ['X-API-Key', 'two'],
  ],
  [
    ['Authorization', 'Bearer one'],
    ['authorization', 'Bearer two'],
  ],
  [
    ['Authorization', 'Bearer one'],
    ['Authorization', 'Bearer one'],
  ],
  [
    ['X-API-Key', 'one'],
    ['x-api-key', 'one'],
  ],
] as const)('G-58 answers 400 AUTH_AMBIGUOUS to %j', (lines) => {
  expect(read(lines)).toMatchObject({ status: 400, code: 'AUTH_AMBIGUOUS', hadCredential: true });
});

test.for(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer ', 'Bearertoken', 'token', ''])(
  'answers 401 to the Authorization header %j',
  (value) => {
    expect(read([['Authorization', value]])).toMatchObject({ status: 401, code: 'AUTH_INVALID', hadCredential: true });
  },
);

test.for([
  '/mcp?access_token=abc',
  '/mcp?x=1&ACCESS_TOKEN=abc',
  '/mcp?api_key=abc',
  '/mcp?%61ccess_token=abc',
  '/mcp?k=flk_abcdefghijkl_secret',
  '/mcp?k=eyJabc.eyJabc.abc',
])('G-58 A4 answers 401 to a credential in the URL %s, even beside a good header', (url) => {
  const answer = read([['Authorization', 'Bearer good']], url);

  expect(answer).toMatchObject({ status: 401, code: 'AUTH_INVALID', hadCredential: true });
  expect(JSON.stringify(answer)).not.toContain('abc');
});

test('leaves other query parameters alone', () => {
  expect(read([['Authorization', 'Bearer good']], '/api/v1/audit?cursor=eyJhIjoxfQ&limit=10')).toBe('good');
});

test('N18 refuses a credential of more than 8 KiB before anything computes on it', () => {
  expect(read([['X-API-Key', 'a'.repeat(8_193)]])).toMatchObject({ status: 401, code: 'AUTH_INVALID' });
  expect(read([['X-API-Key', 'a'.repeat(8_192)]])).toHaveLength(8_192);
});
