import { fileURLToPath } from 'node:url';
import { startService, serviceSettings } from '@fairlead/server-kit';
import { createLifecycle, loadConfig, systemClock } from '@fairlead/server-kit/runtime';
import { startSlackDouble } from '@fairlead/testkit/doubles';
import { startProcess } from '@fairlead/testkit/parts';
import { freePort } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { service } from '../../src/service.ts';
import { silentLog } from '../silent-log.ts';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Starts the service's own program with nothing but these settings. */
function startMain(settings: Readonly<Record<string, string>>) {
  return startProcess({
    command: process.execPath,
    args: ['--conditions=@fairlead/source', main],
    env: { PORT: '0', OPS_PORT: '0', ...settings },
    readyWhen: { output: /"service\.started"/ },
  });
}

/** The answer of `/readyz` of the service with these settings. */
async function readiness(settings: Readonly<Record<string, string>>): Promise<unknown> {
  const lifecycle = createLifecycle({ log: silentLog, clock: systemClock });
  const config = loadConfig(serviceSettings(service), { PORT: '0', OPS_PORT: String(await freePort()), ...settings });
  const running = await startService(service, { config, log: silentLog, lifecycle });
  try {
    return await (await fetch(`http://127.0.0.1:${config.OPS_PORT}/readyz`)).json();
  } finally {
    await running.stop();
  }
}

// 03 §8: outside systems are optional parts.
test('a system that does not answer degrades the service and is named with its effect', async () => {
  await using slack = await startSlackDouble();

  const body = await readiness({
    GITHUB_URL: `http://127.0.0.1:${await freePort()}`,
    GITHUB_TOKEN: 'token-of-nobody',
    SLACK_URL: slack.apiUrl,
    SLACK_TOKEN: slack.token,
  });

  expect(body).toMatchObject({
    degraded: expect.arrayContaining([
      expect.objectContaining({ part: 'github', effect: expect.stringContaining('UPSTREAM_DOWN') }),
    ]),
  });
  expect(JSON.stringify(body)).not.toContain('"slack"');
});

test('systems without a token are no parts of the service', async () => {
  const body = JSON.stringify(await readiness({}));

  expect(body).not.toContain('"github"');
  expect(body).not.toContain('"slack"');
});

test('starts as a program without settings, and ends on SIGTERM with exit code 0', async () => {
  await using started = await startMain({});

  expect(await started.stop()).toEqual({ code: 0, signal: null });
});

test('ends with exit code 1 and a line for each wrong setting', async () => {
  const starting = startMain({ DEVOPS_GITHUB_REPOS: 'shop', DEVOPS_UPSTREAM_TIMEOUT_MS: '1' });

  await expect(starting).rejects.toMatchObject({
    publicMessage: expect.stringMatching(
      /exit code 1[^]*DEVOPS_GITHUB_REPOS=shop has an item that is not owner\/repo[^]*DEVOPS_UPSTREAM_TIMEOUT_MS=1 /,
    ),
  });
});
