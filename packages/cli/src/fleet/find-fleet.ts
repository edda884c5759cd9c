import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { isProcessAlive } from '../is-process-alive.ts';
import { devJsonPathOf, nearestDevJsonPath } from './dev-json-path.ts';
import type { Fleet } from './fleet.ts';
import { readDevJson } from './read-dev-json.ts';

/** What of a command's context the look-up needs. */
export type FleetSurroundings = Pick<CommandContext, 'env' | 'cwd'>;

/**
 * Finds the fleet of a command: `--fleet`, else `FAIRLEAD_URL`, else the nearest `.fairlead/dev.json` upward (01 §3).
 *
 * @throws CliError unreachable when no fleet is known or its process is gone; usage when `--fleet` or `FAIRLEAD_URL` is
 * not usable.
 */
export function findFleet(fleetOption: string | undefined, { env, cwd }: FleetSurroundings): Fleet {
  if (fleetOption !== undefined) return localFleet(devJsonPathOf(fleetOption, cwd));
  const { FAIRLEAD_URL: url, FAIRLEAD_KEY: key } = env;
  if (url !== undefined && url !== '') return namedFleet(url, key);
  const file = nearestDevJsonPath(cwd);
  if (file === undefined) throw new CliError(exitCode.unreachable, 'no fleet runs here.', { fix: 'npm start' });
  return localFleet(file);
}

function namedFleet(text: string, key: string | undefined): Fleet {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    const message = `FAIRLEAD_URL=${text} is not an http or https address.`;
    throw new CliError(exitCode.usage, message, { fix: 'export FAIRLEAD_URL=http://127.0.0.1:8080' });
  }
  const base = url.href.replace(/\/+$/, '').replace(/\/mcp$/, '');
  return { source: 'FAIRLEAD_URL', url: base, mcp: `${base}/mcp`, ...(key ? { key } : {}) };
}

function localFleet(file: string): Fleet {
  const dev = readDevJson(file);
  if (dev === undefined)
    throw new CliError(exitCode.unreachable, `no fleet runs: ${file} is not there.`, { fix: 'npm start' });
  if (!isProcessAlive(dev.pid)) {
    throw new CliError(exitCode.unreachable, `the fleet of ${file} is gone: no process ${dev.pid}.`, {
      fix: 'npm start',
    });
  }
  return { source: file, url: dev.gateway.url, mcp: dev.gateway.mcp, dev };
}
