import type { CommandEntry } from './command.ts';

/** All commands, in the order in which help lists them. Nothing of a command is loaded before it is called. */
export const commandTable: Readonly<Record<string, CommandEntry>> = {
  up: { summary: 'start the local fleet', load: () => import('./commands/up.ts') },
  down: { summary: 'stop the local fleet', load: () => import('./commands/down.ts') },
  status: { summary: 'show what runs and whether it is ready', load: () => import('./commands/status.ts') },
  doctor: { summary: 'look for what is wrong, and say the mend', load: () => import('./commands/doctor.ts') },
  tools: { summary: 'list the tools that a key may call, or show one', load: () => import('./commands/tools.ts') },
  call: { summary: 'call one tool', load: () => import('./commands/call.ts') },
  connect: { summary: 'write the config of an AI client', load: () => import('./commands/connect.ts') },
  bridge: { summary: 'serve a stdio server over HTTP', load: () => import('./commands/bridge.ts') },
  stdio: { summary: 'be the gateway for a client that only speaks stdio', load: () => import('./commands/stdio.ts') },
  new: { summary: 'make a new server from a tested example', load: () => import('./commands/new.ts') },
  keys: { summary: 'list, make and revoke API keys', load: () => import('./commands/keys.ts') },
  version: { summary: 'print the version', load: () => import('./commands/version.ts') },
  help: { summary: 'print this help, or that of one command', load: () => import('./commands/help.ts') },
};
