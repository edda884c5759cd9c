import { spawnSync } from 'node:child_process';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { launcher, runCli } from './run-cli.ts';

test('the command runs without conditions given: it finds its build or its source by itself', () => {
  const { status, stdout } = spawnSync(process.execPath, [launcher, 'version', '--json'], { encoding: 'utf8' });

  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+/), node: process.version });
});

test('the exit code of a failed command reaches the shell', () => {
  expect(spawnSync(process.execPath, [launcher, 'nonsense']).status).toBe(1);
});

test('every wrong use of a command is one line and one fix', async () => {
  await using folder = await createRunFolder();
  const uses = [
    ['call'],
    ['tools'],
    ['keys', 'make'],
    ['connect', 'emacs'],
    ['new', 'client'],
    ['new', 'server', 'My_Server'],
    ['new', 'server', 'data'],
    ['up', '--port', 'x'],
    ['up', '--only', 'nobody', '--state', folder.path],
    ['up', '--config', 'absent.yaml', '--only', 'gateway', '--port', '0', '--state', folder.path],
    ['status', '--fleet', '/no/such'],
  ];

  const runs = await Promise.all(uses.map(async (use) => await runCli(use, { cwd: folder.path })));

  expect(runs.map(({ code, stderr }) => [code, stderr.trimEnd().split('\n').length])).toEqual(uses.map(() => [1, 2]));
  expect(runs.filter(({ stderr }) => !/^fairlead: .+\n {2}fix: .+\n$/.test(stderr))).toEqual([]);
});
