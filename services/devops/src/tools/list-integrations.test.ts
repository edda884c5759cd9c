import { createToolHarness, expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { fakeDeps } from '../../test/fake-deps.ts';
import type { Integration } from '../domain/integration.ts';
import { tool } from './list-integrations.ts';

function harness(integrations: readonly Integration[]) {
  return createToolHarness({
    tools: [tool],
    deps: fakeDeps({ integrations: { list: () => Promise.resolve(integrations) } }),
  });
}

test('keeps its wire definition', async () => {
  await expect(
    expectToolSnapshot(harness([]).definition('list_integrations'), import.meta.url),
  ).resolves.toBeUndefined();
});

test('lists each system with its state, its targets, and whether a double stands in for it', async () => {
  const known: readonly Integration[] = [
    { system: 'github', state: 'configured', double: true, writes: true, scope: ['acme/shop (read, write)'] },
    { system: 'slack', state: 'not_configured', double: false, writes: false, scope: [] },
  ];

  const result = await harness(known).call('list_integrations');

  expect(result.structuredContent).toEqual({ integrations: known });
});

// 06 S-04.
test('refuses an argument that it does not have', async () => {
  const result = await harness([]).call('list_integrations', { system: 'github' });

  expect(result).toMatchObject({ isError: true, _meta: { 'dev.fairlead/error': { code: 'INPUT_INVALID' } } });
});
