import { expect, test } from 'vitest';
import { startProcess } from '../parts/start-process.ts';
import { doubleProcessFile } from './double-process-file.ts';
import { doubleReadyLine } from './double-ready-line.ts';
import { githubDoubleState } from './github-double-state.ts';
import { slackDoubleState } from './slack-double-state.ts';

const conditions = '--conditions=@fairlead/source';

function start(...programArguments: readonly string[]) {
  return startProcess({
    command: process.execPath,
    args: [conditions, doubleProcessFile(), ...programArguments],
    readyWhen: { output: /^\{"ready":true/ },
  });
}

function readyLine(lines: readonly string[]) {
  return doubleReadyLine.parse(JSON.parse(lines.find((line) => line.startsWith('{"ready"')) ?? '{}'));
}

test('the GitHub double runs as its own process and says where it answers', async () => {
  await using started = await start('github');

  const line = readyLine(started.recentOutput());

  expect(await githubDoubleState(line).issues('acme/handbook')).toHaveLength(1);
  expect(await started.stop()).toEqual({ code: 0, signal: null });
});

test('the Slack double runs as its own process and names its channels', async () => {
  await using started = await start('slack', '0');

  const line = readyLine(started.recentOutput());

  expect(line.service === 'slack' && Object.keys(line.channels)).toContain('incidents');
  expect(await slackDoubleState(line).messages('C000000001')).toHaveLength(50);
});

test('an unknown service ends with exit code 1 and the usage', async () => {
  const starting = start('jira');

  await expect(starting).rejects.toMatchObject({
    code: 'PART_START_FAILED',
    publicMessage: expect.stringContaining('usage: double-process github|slack'),
  });
});
