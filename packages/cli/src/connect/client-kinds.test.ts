import { expect, test } from 'vitest';
import type { ConnectTarget } from './client-kind.ts';
import { clientKinds } from './client-kinds.ts';

const target: ConnectTarget = {
  name: 'fairlead',
  url: 'http://127.0.0.1:8080',
  mcp: 'http://127.0.0.1:8080/mcp',
  key: 'flk_key',
  stdio: { command: '/repo/node', args: ['/repo/fairlead.mjs', 'stdio'], env: {} },
};
const surroundings = { cwd: '/project', home: '/home/ada', platform: 'linux', env: {} } as const;
const headers = { Authorization: 'Bearer flk_key' };

test('Claude Code: a typed entry in .mcp.json, and its own command', () => {
  const kind = clientKinds['claude-code'];

  expect(kind?.configFile(surroundings)).toBe('/project/.mcp.json');
  expect(kind?.section).toBe('mcpServers');
  expect(kind?.entry(target)).toEqual({ type: 'http', url: target.mcp, headers });
  expect(kind?.ownCommand?.(target)).toBe(
    `claude mcp add --transport http fairlead http://127.0.0.1:8080/mcp --header 'Authorization: Bearer flk_key'`,
  );
});

test('VS Code: a typed entry under servers in .vscode/mcp.json', () => {
  const kind = clientKinds['vscode'];

  expect(kind?.configFile(surroundings)).toBe('/project/.vscode/mcp.json');
  expect(kind?.section).toBe('servers');
  expect(kind?.entry(target)).toEqual({ type: 'http', url: target.mcp, headers });
});

test('Cursor: address and headers in the file of the home folder', () => {
  const kind = clientKinds['cursor'];

  expect(kind?.configFile(surroundings)).toBe('/home/ada/.cursor/mcp.json');
  expect(kind?.entry(target)).toEqual({ url: target.mcp, headers });
});

test('Claude Desktop: a program, with an environment only when one is needed', () => {
  const kind = clientKinds['claude-desktop'];

  expect(kind?.entry(target)).toEqual({ command: '/repo/node', args: ['/repo/fairlead.mjs', 'stdio'] });
  expect(kind?.entry({ ...target, stdio: { ...target.stdio, env: { FAIRLEAD_KEY: 'k' } } })).toMatchObject({
    env: { FAIRLEAD_KEY: 'k' },
  });
});

test.for([
  ['linux', {}, '/home/ada/.config/Claude/claude_desktop_config.json'],
  ['linux', { XDG_CONFIG_HOME: '/xdg' }, '/xdg/Claude/claude_desktop_config.json'],
  ['darwin', {}, '/home/ada/Library/Application Support/Claude/claude_desktop_config.json'],
  ['win32', { APPDATA: '/roaming' }, '/roaming/Claude/claude_desktop_config.json'],
] as const)('Claude Desktop on %s with %j keeps its config in %s', ([platform, env, file]) => {
  expect(clientKinds['claude-desktop']?.configFile({ ...surroundings, platform, env })).toBe(file);
});
