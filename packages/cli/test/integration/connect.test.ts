import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const fleet = { FAIRLEAD_URL: 'https://mcp.example.com', FAIRLEAD_KEY: 'flk_key' };

test('writes the config of a client beside the servers that are there, and keeps the old file', async () => {
  await using project = await createRunFolder();
  const file = path.join(project.path, '.mcp.json');
  writeFileSync(file, '{"mcpServers":{"other":{"command":"x"}}}');

  const connected = await runCli(['connect', 'claude-code'], { env: fleet, cwd: project.path });

  expect(connected.code).toBe(0);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    mcpServers: {
      other: { command: 'x' },
      fairlead: { type: 'http', url: 'https://mcp.example.com/mcp', headers: { Authorization: 'Bearer flk_key' } },
    },
  });
  expect(readdirSync(project.path).filter((name) => name.endsWith('.bak'))).toHaveLength(1);
});

test('changes nothing when the client is connected already', async () => {
  await using project = await createRunFolder();
  await runCli(['connect', 'vscode'], { env: fleet, cwd: project.path });

  const again = await runCli(['connect', 'vscode', '--json'], { env: fleet, cwd: project.path });

  expect(JSON.parse(again.stdout)).toEqual({
    file: path.join(project.path, '.vscode', 'mcp.json'),
    status: 'unchanged',
  });
  expect(readdirSync(path.join(project.path, '.vscode'))).toEqual(['mcp.json']);
});

test('prints without writing', async () => {
  await using home = await createRunFolder();
  const env = { ...fleet, HOME: home.path };

  const printed = await runCli(['connect', 'cursor', '--print', '--name', 'company'], { env, cwd: home.path });

  expect(JSON.parse(printed.stdout)).toEqual({
    mcpServers: { company: { url: 'https://mcp.example.com/mcp', headers: { Authorization: 'Bearer flk_key' } } },
  });
  expect(readdirSync(home.path)).toEqual([]);
});

test('gives a desktop program a command that works from any folder', async () => {
  await using home = await createRunFolder();

  const printed = await runCli(['connect', 'claude-desktop', '--print', '--json'], {
    env: { ...fleet, HOME: home.path },
  });

  const { config } = JSON.parse(printed.stdout);
  const { command, args, env } = config.mcpServers.fairlead;
  expect([path.isAbsolute(command), path.isAbsolute(args[0]), args[1]]).toEqual([true, true, 'stdio']);
  expect(env).toEqual(fleet);
});
