import { expect, test } from 'vitest';
import { createIntegrations } from './integrations.ts';

const github = { system: 'github', isDouble: true, readable: ['acme/shop'], writable: ['acme/shop'] } as const;

test('a system that answers is configured, with what may be done to its targets', async () => {
  const integrations = createIntegrations([{ ...github, probe: () => Promise.resolve(true) }]);

  expect(await integrations.list()).toEqual([
    { system: 'github', state: 'configured', double: true, writes: true, scope: ['acme/shop (read, write)'] },
  ]);
});

test('a system that does not answer is unreachable and keeps its scope', async () => {
  const integrations = createIntegrations([{ ...github, writable: [], probe: () => Promise.resolve(false) }]);

  expect(await integrations.list()).toMatchObject([
    { state: 'unreachable', writes: false, scope: ['acme/shop (read)'] },
  ]);
});

test('a system without a token offers nothing, whatever its lists say', async () => {
  const integrations = createIntegrations([{ ...github, probe: undefined }]);

  expect(await integrations.list()).toMatchObject([{ state: 'not_configured', writes: false, scope: [] }]);
});
