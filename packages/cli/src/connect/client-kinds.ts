import path from 'node:path';
import { quoteForShell } from '../quote-for-shell.ts';
import type { ClientKind, ConfigSurroundings, ConnectTarget, JsonObject } from './client-kind.ts';

/** The clients that `fairlead connect` knows, by the name used on the command line. */
export const clientKinds: Readonly<Record<string, ClientKind>> = {
  /** Project file `.mcp.json`; `claude mcp add` writes to the user's own settings instead. */
  'claude-code': {
    title: 'Claude Code',
    section: 'mcpServers',
    configFile: ({ cwd }) => path.join(cwd, '.mcp.json'),
    entry: typedHttpEntry,
    next: 'Start claude in this folder and accept the server; /mcp shows it.',
    ownCommand: ({ name, mcp, key }) =>
      `claude mcp add --transport http ${quoteForShell(name)} ${quoteForShell(mcp)} --header ${quoteForShell(`Authorization: Bearer ${key}`)}`,
  },
  /** Its config file takes programs only, so the entry starts `fairlead stdio`. */
  'claude-desktop': {
    title: 'Claude Desktop',
    section: 'mcpServers',
    configFile: claudeDesktopFile,
    entry: ({ stdio }) => ({
      command: stdio.command,
      args: stdio.args,
      ...(isEmpty(stdio.env) ? {} : { env: stdio.env }),
    }),
    next: 'Quit Claude Desktop and start it again.',
  },
  vscode: {
    title: 'VS Code',
    section: 'servers',
    configFile: ({ cwd }) => path.join(cwd, '.vscode', 'mcp.json'),
    entry: typedHttpEntry,
    next: 'Open .vscode/mcp.json in VS Code and choose Start above the server.',
  },
  cursor: {
    title: 'Cursor',
    section: 'mcpServers',
    configFile: ({ home }) => path.join(home, '.cursor', 'mcp.json'),
    entry: ({ mcp, key }) => ({ url: mcp, headers: bearer(key) }),
    next: 'Restart Cursor; its MCP settings show the server.',
  },
};

function typedHttpEntry({ mcp, key }: ConnectTarget): JsonObject {
  return { type: 'http', url: mcp, headers: bearer(key) };
}

function bearer(key: string): JsonObject {
  return { Authorization: `Bearer ${key}` };
}

function claudeDesktopFile({ home, platform, env }: ConfigSurroundings): string {
  return path.join(applicationFolder({ home, platform, env }), 'Claude', 'claude_desktop_config.json');
}

function applicationFolder({ home, platform, env }: Omit<ConfigSurroundings, 'cwd'>): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  if (platform === 'win32') return env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming');
  return env['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
