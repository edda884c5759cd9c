import { loadTools } from '@fairlead/server-kit';
import { createToolHarness } from '@fairlead/server-kit/testing';
import { createLifecycle, createMetrics, loadConfig, systemClock } from '@fairlead/server-kit/runtime';
import { probeForTests } from '@fairlead/testkit/vitest';
import { expect, test } from 'vitest';
import { config } from '../../src/config.ts';
import type { DevopsDeps } from '../../src/deps.ts';
import { service } from '../../src/service.ts';
import { silentLog } from '../silent-log.ts';

// The double accepts any token, so only the real API shows that ours is sent in the right form (09 §3.2).
const live = await probeForTests('live-github', 1);

test.skipIf(!live.isHere)('lists issues of a public repository of the real GitHub', async () => {
  const settings = loadConfig(config, {
    GITHUB_URL: 'https://api.github.com',
    GITHUB_TOKEN: process.env['FAIRLEAD_LIVE_GITHUB_TOKEN'],
    DEVOPS_GITHUB_REPOS: 'modelcontextprotocol/typescript-sdk',
  });
  const { deps } = await service.setup({
    config: settings,
    log: silentLog,
    metrics: createMetrics({ name: 'devops' }),
    clock: systemClock,
    lifecycle: createLifecycle({ log: silentLog, clock: systemClock }),
    changes: { toolsChanged() {}, promptsChanged() {}, resourcesChanged() {}, resourceUpdated() {} },
  });
  const tools = await loadTools<DevopsDeps>(new URL('../../src/tools/', import.meta.url));
  const harness = createToolHarness({ tools, deps });

  const result = await harness.call('github_list_issues', {
    owner: 'modelcontextprotocol',
    repo: 'typescript-sdk',
    state: 'all',
  });

  expect(result.isError).toBeUndefined();
  expect(result.structuredContent).toMatchObject({
    items: expect.arrayContaining([expect.objectContaining({ number: expect.any(Number) })]),
  });
});
