import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ProcessPorts } from '../up/fleet-ports.ts';

/** The first ports that no part of the platform has a claim to (01 §4). */
const firstNewPorts: ProcessPorts = { mcp: 8_090, ops: 9_090 };

/** The ports that a server's `src/service.ts` names; nothing when it names none. */
export function readServicePorts(folder: string): ProcessPorts | undefined {
  const file = path.join(folder, 'src', 'service.ts');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const found = /ports:\s*\{\s*mcp:\s*([0-9_]+),\s*ops:\s*([0-9_]+),?\s*\}/.exec(text);
  if (found === null) return undefined;
  return { mcp: toNumber(found[1]), ops: toNumber(found[2]) };
}

/** Ports for a new server: the lowest from 8090 and 9090 on that no server of the folder has. */
export function nextServicePorts(services: string): ProcessPorts {
  const used = readdirSync(services).flatMap((name) => readServicePorts(path.join(services, name)) ?? []);
  let step = 0;
  while (used.some(({ mcp, ops }) => mcp === firstNewPorts.mcp + step || ops === firstNewPorts.ops + step)) step += 1;
  return { mcp: firstNewPorts.mcp + step, ops: firstNewPorts.ops + step };
}

function toNumber(text = ''): number {
  return Number(text.replaceAll('_', ''));
}
