import { expect, test } from 'vitest';
import { environmentReferences, withAbsoluteFiles } from './config-references.ts';

test('makes the files of secrets, keys and the audit log absolute', () => {
  const config = {
    identity: { keys: { from: { file: 'keys.json' } } },
    servers: { github: { credentials: { bearer: { from: { file: '../token' } } } } },
    audit: { to: 'file', file: 'logs/audit.jsonl' },
  };

  expect(withAbsoluteFiles(config, '/etc/fairlead')).toEqual({
    identity: { keys: { from: { file: '/etc/fairlead/keys.json' } } },
    servers: { github: { credentials: { bearer: { from: { file: '/etc/token' } } } } },
    audit: { to: 'file', file: '/etc/fairlead/logs/audit.jsonl' },
  });
});

test('leaves absolute files and keys of other meaning alone', () => {
  const config = { audit: { file: '/var/log/a' }, servers: { file: { url: 'http://a' } }, limits: [{ match: {} }] };

  expect(withAbsoluteFiles(config, '/etc')).toEqual(config);
});

test('names the environment variables that secrets are read from, lists included', () => {
  const config = {
    a: { bearer: { from: { env: 'ONE' } } },
    list: [{ from: { env: 'TWO' } }],
    b: { from: { file: 'x' } },
  };

  expect(environmentReferences(config)).toEqual(['ONE', 'TWO']);
});
