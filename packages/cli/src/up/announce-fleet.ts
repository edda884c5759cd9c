import type { DevJson } from '@fairlead/contracts';
import { firstCallLines } from './first-call.ts';

/** What is told of a fleet that is ready. */
export interface Announcement {
  readonly dev: DevJson;
  readonly stateFolder: string;
  /** Words by which a command of another folder finds the fleet; empty when it finds it by itself. */
  readonly fleetOption: readonly string[];
}

/** The lines that end a start: addresses, keys, a first call that works when pasted, and last `fairlead: ready`. */
export function announcementLines({ dev, stateFolder, fleetOption }: Announcement): readonly string[] {
  const services = Object.keys(dev.services);
  const firstCall = firstCallLines({ mcp: dev.gateway.mcp, key: dev.keys['admin'] ?? '', fleetOption, services });
  return [
    '',
    ...block('Where', {
      MCP: dev.gateway.mcp,
      'one server': `${dev.gateway.url}/servers/<${services.join('|')}>/mcp`,
      'admin API': `${dev.gateway.url}/api/v1`,
      health: `${dev.gateway.ops}/readyz`,
      state: stateFolder,
    }),
    ...block('Keys', dev.keys),
    ...(firstCall.length === 0 ? [] : ['First call', ...firstCall.map((line) => `  ${line}`), '']),
    `Connect a client: ${['npx fairlead connect claude-code', ...fleetOption].join(' ')}    Stop: Ctrl-C`,
    '',
    'fairlead: ready',
  ];
}

function block(title: string, rows: Readonly<Record<string, string>>): readonly string[] {
  return [title, ...Object.entries(rows).map(([name, value]) => `  ${name.padEnd(12)}${value}`), ''];
}
