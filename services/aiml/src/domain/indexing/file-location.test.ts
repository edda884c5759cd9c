import { expect, test } from 'vitest';
import { fileLocation, isRefusedPath } from './file-location.ts';

test('splits the root from the path below it, decoded once', () => {
  expect(fileLocation('file:///docs/guides/first%20steps.md')).toEqual({ root: 'docs', path: 'guides/first steps.md' });
  // Near misses: honest names that look like attacks.
  expect(fileLocation('file:///docs/..notes.md')).toEqual({ root: 'docs', path: '..notes.md' });
  expect(fileLocation('file:///docs/keys.md')).toEqual({ root: 'docs', path: 'keys.md' });
});

// 06 N16, S-50, S-51
test.each([
  'file:///docs',
  'file:///docs/',
  'file:///docs/../../etc/passwd/..',
  'file:///docs/%2e%2e%2fsecret.md',
  'file:///docs/a%2F..%2F..%2Fb.md',
  'file:///docs/a%5C..%5Cb.md',
  'file:///docs/a%00.md',
  'file:///docs/a%0A.md',
  'file:///docs//a.md',
  'file://server/docs/a.md',
  'file:///docs/%E0%A4%A.md',
  'file:///docs/a.md?x=1',
  'file:///docs/.env',
  'file:///docs/.ENV.local',
  'file:///docs/.ssh/config',
  'file:///docs/.git/config',
  'file:///docs/.fairlead/demo-keys.json',
  'file:///docs/ID_rsa',
  'file:///docs/tls/Server.PEM',
  'file:///docs/master.key',
  `file:///docs/${'a'.repeat(5_000)}`,
  'https://docs/a.md',
  'nothing',
])('names nothing: %s', (uri) => {
  expect(fileLocation(uri)).toBeUndefined();
});

test('looks at every segment of a resolved path', () => {
  expect(isRefusedPath('a/.git/HEAD')).toBe(true);
  expect(isRefusedPath('a/gitignore.md')).toBe(false);
});
