import { openSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder, until } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { spawnService } from '../../src/up/spawn-service.ts';

async function start(script: string, stopWithinMs = 5_000) {
  const folder = await createRunFolder();
  const file = path.join(folder.path, 'service.mjs');
  const log = path.join(folder.path, 'service.log');
  writeFileSync(file, script);
  const part = await spawnService({
    command: [file],
    cwd: folder.path,
    environment: { GREETING: 'hello' },
    log: openSync(log, 'a'),
    stopWithinMs,
  });
  return { part, written: () => readFileSync(log, 'utf8'), [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const stays = 'setInterval(() => {}, 1000);';

test('runs with exactly the given environment, and writes both outputs to the log', async () => {
  await using service = await start(
    `console.log(JSON.stringify(Object.keys(process.env).sort())); console.error(process.env.GREETING)`,
  );

  expect(await service.part.ended).toBe('exit code 0');
  // The name of the channel to the supervisor is taken out of the environment by Node itself.
  expect(service.written()).toBe('["GREETING"]\nhello\n');
});

test('ends a service by SIGTERM, and by SIGKILL when it does not listen', async () => {
  await using polite = await start(`process.on('SIGTERM', () => process.exit(7)); console.log('up'); ${stays}`);
  await using deaf = await start(`process.on('SIGTERM', () => {}); console.log('up'); ${stays}`, 100);
  await until(() => polite.written() === 'up\n' && deaf.written() === 'up\n', {
    withinMs: 10_000,
    what: 'both to be up',
  });

  await Promise.all([polite.part.stop(), deaf.part.stop()]);

  expect(await polite.part.ended).toBe('exit code 7');
  expect(await deaf.part.ended).toBe('SIGKILL');
});
