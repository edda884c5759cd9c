import { expect, test } from 'vitest';
import { createDenyRule } from './deny-rule.ts';

const rule = createDenyRule(['*.secret'], '/home/me');

// 06 S-51.
test.each([
  '.ssh/config',
  'a/.SSH/known_hosts',
  '.env',
  '.env.local',
  'deep/.ENVRC',
  'tls/Server.PEM',
  'x.key',
  'id_rsa',
  'ID_ed25519',
  '.fairlead/keys.json',
  '.git/config',
  'sub/.GIT/Config',
  'x.secret',
])('refuses %j', (path) => {
  expect(rule.deniesNames(path.split('/'))).toBe(true);
});

test.each([
  'environment.md',
  'keys.md',
  'pem.txt',
  'identity.md',
  '.git/description',
  'git/config',
  'config',
  '..notes.md',
])('lets %j pass', (path) => {
  expect(rule.deniesNames(path.split('/'))).toBe(false);
});

test.each([
  ['/proc/self/environ', '/', true],
  ['/dev/null', '/', true],
  ['/sys/kernel', '/', true],
  ['/process/a', '/', false],
  ['/home/you/a', '/', true],
  ['/root/a', '/', true],
  ['/home/me/a', '/', false],
  ['/home/you/docs/a', '/home/you/docs', false],
  ['/home/you_too/a', '/home/you', true],
  ['/srv/a', '/srv', false],
])('judges the real path %j below %j as refused: %j', (path, root, denied) => {
  expect(rule.deniesRealPath(path, root)).toBe(denied);
});
