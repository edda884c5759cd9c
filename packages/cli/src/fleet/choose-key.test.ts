import { expect, test } from 'vitest';
import { chooseKey } from './choose-key.ts';
import type { Fleet } from './fleet.ts';

const gateway = { url: 'http://127.0.0.1:8080', mcp: 'http://127.0.0.1:8080/mcp', ops: 'http://127.0.0.1:9080' };
const local: Fleet = {
  source: 'dev.json',
  url: gateway.url,
  mcp: gateway.mcp,
  dev: {
    version: 1,
    pid: 1,
    startedAt: '',
    gateway,
    services: {},
    keys: { admin: 'flk_a', viewer: 'flk_v' },
    doubles: {},
  },
};
const remote: Fleet = { source: 'FAIRLEAD_URL', url: gateway.url, mcp: gateway.mcp, key: 'flk_env' };

test('prefers --key, then the role of --as, then the environment, then the demo key admin', () => {
  expect(chooseKey(local, { key: 'flk_k', as: 'viewer' })).toBe('flk_k');
  expect(chooseKey(local, { as: 'viewer' })).toBe('flk_v');
  expect(chooseKey(remote, {})).toBe('flk_env');
  expect(chooseKey(local, {})).toBe('flk_a');
});

test('refuses a role without a demo key and names those that are there', () => {
  expect(() => chooseKey(local, { as: 'boss' })).toThrow(
    expect.objectContaining({ exitCode: 1, message: 'there is no demo key "boss".', fix: 'use --as admin|viewer' }),
  );
  expect(() => chooseKey(remote, { as: 'viewer' })).toThrow('--as needs the demo keys of a local fleet.');
});

test('says so when no key is known', () => {
  expect(() => chooseKey({ source: 'FAIRLEAD_URL', url: gateway.url, mcp: gateway.mcp }, {})).toThrow(
    expect.objectContaining({ exitCode: 3, fix: 'export FAIRLEAD_KEY=flk_...' }),
  );
});
