import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createRunFolder } from '../waiting/create-run-folder.ts';
import { partNames, probePart } from './probe.ts';

async function program(folder: string, script: string): Promise<void> {
  await writeFile(join(folder, 'nginx'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'nginx'), 0o755);
}

test('finds a program that answers', async () => {
  await using folder = await createRunFolder();
  await program(folder.path, 'echo nginx version: nginx/1.22.1 >&2');

  expect(await probePart('nginx', { env: { PATH: folder.path } })).toEqual({
    name: 'nginx',
    isHere: true,
    detail: 'nginx version: nginx/1.22.1',
  });
});

test('says why a program is not usable and what to do', async () => {
  await using folder = await createRunFolder();
  const mend = 'apt-get install nginx';

  const absent = await probePart('nginx', { env: { PATH: folder.path } });
  await program(folder.path, 'exit 1');
  const broken = await probePart('nginx', { env: { PATH: folder.path } });

  expect(absent).toEqual({ name: 'nginx', isHere: false, reason: 'nginx not found on PATH', mend });
  expect(broken).toEqual({ name: 'nginx', isHere: false, reason: 'nginx does not run', mend });
});

test('finds a live account by its token', async () => {
  const found = await probePart('live-github', { env: { FAIRLEAD_LIVE_GITHUB_TOKEN: 'x' } });
  const missing = await probePart('live-slack', { env: { FAIRLEAD_LIVE_SLACK_TOKEN: '' } });

  expect(found).toMatchObject({ isHere: true, detail: 'FAIRLEAD_LIVE_GITHUB_TOKEN is set' });
  expect(missing).toMatchObject({ isHere: false, reason: 'FAIRLEAD_LIVE_SLACK_TOKEN is not set' });
});

// V-05
test.for(partNames)('fails instead of skipping %s when FAIRLEAD_REQUIRE names it', async (name) => {
  const env = { PATH: '/nowhere', FAIRLEAD_REQUIRE: `redis, ${name}` };

  await expect(probePart(name, { env })).rejects.toMatchObject({ code: 'PART_MISSING' });
});
