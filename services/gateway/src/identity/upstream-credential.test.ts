import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { credentialHeaders } from './upstream-credential.ts';

const folder = mkdtempSync(join(tmpdir(), 'fairlead-credential-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('04 G-63: a bearer token comes from the environment, a header from a file', () => {
  writeFileSync(join(folder, 'token'), 'from-file\n');

  expect(credentialHeaders({ bearer: { from: { env: 'TOKEN' } } }, { environment: { TOKEN: 'abc' }, folder })).toEqual({
    authorization: 'Bearer abc',
  });
  expect(
    credentialHeaders({ header: { name: 'X-Token', value: { from: { file: 'token' } } } }, { environment: {}, folder }),
  ).toEqual({ 'x-token': 'from-file' });
});

test('without a configured credential a server of others gets none', () => {
  expect(credentialHeaders(undefined, { environment: {}, folder })).toEqual({});
});

test.each([
  ['a variable that is not set', { env: 'ABSENT' }, 'ABSENT is not set'],
  ['a file that is not there', { file: 'absent' }, 'absent cannot be read'],
])('names %s', (_kind, from, text) => {
  expect(() => credentialHeaders({ bearer: { from } }, { environment: {}, folder })).toThrow(
    expect.objectContaining({ code: 'CONFIG_INVALID', publicMessage: expect.stringContaining(text) }),
  );
});
