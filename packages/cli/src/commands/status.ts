import { parseArgs } from 'node:util';
import { z } from 'zod';
import { createAdminApi } from '../api/admin-api.ts';
import { CliError } from '../cli-error.ts';
import { fleetOptions, type Command, type CommandContext } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { chooseKey, type KeyChoice } from '../fleet/choose-key.ts';
import { findFleet } from '../fleet/find-fleet.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { isReady } from '../up/wait-until-ready.ts';

const help = `fairlead status [--as ROLE|--key KEY] [--fleet DIR] [--json]

Shows each process of a local fleet and whether it is ready, or the servers that a gateway of FAIRLEAD_URL knows. Exit
code 4 when one of them is not ready.`;

/** One process or server, and what it says of itself. */
interface StatusRow {
  readonly name: string;
  readonly state: string;
  readonly isUp: boolean;
  readonly url: string;
  readonly pid?: number;
}

const serverList = z.looseObject({
  servers: z.array(z.looseObject({ name: z.string(), state: z.string(), url: z.string().optional() })),
});

/** `fairlead status`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values } = parseArgs({ args: [...argv], options: fleetOptions });
    const fleet = findFleet(values.fleet, context);

    const rows = fleet.dev === undefined ? await serverRows(fleet, values, context) : await processRows(fleet.dev);

    if (values.json) context.output.json({ gateway: fleet.url, source: fleet.source, rows });
    else print(fleet, rows, context);
    return rows.every((row) => row.isUp) ? exitCode.ok : exitCode.unreachable;
  },
};

async function processRows(dev: NonNullable<Fleet['dev']>): Promise<readonly StatusRow[]> {
  const gateway = { ...dev.gateway, pid: undefined };
  const processes = [['gateway', gateway] as const, ...Object.entries(dev.services)];
  return await Promise.all(
    processes.map(async ([name, { mcp, ops, pid }]) => {
      const isUp = await isReady(ops, fetch);
      return { name, state: isUp ? 'ready' : 'not ready', isUp, url: mcp, ...(pid === undefined ? {} : { pid }) };
    }),
  );
}

async function serverRows(fleet: Fleet, values: KeyChoice, context: CommandContext): Promise<readonly StatusRow[]> {
  const api = createAdminApi({ url: fleet.url, key: chooseKey(fleet, values), signal: context.signal, fetch });
  const answer = serverList.safeParse(await api.send('GET', '/servers'));
  if (!answer.success) {
    throw new CliError(exitCode.unreachable, `${fleet.url} is no Fairlead gateway.`, { fix: 'check FAIRLEAD_URL' });
  }
  return answer.data.servers.map(({ name, state, url = '' }) => ({ name, state, isUp: state === 'up', url }));
}

function print(fleet: Fleet, rows: readonly StatusRow[], { output }: CommandContext): void {
  output.line(`gateway ${fleet.mcp}  (${fleet.source})`);
  const width = Math.max(0, ...rows.map((row) => row.name.length));
  for (const { name, state, url, pid } of rows) {
    output.line(`  ${name.padEnd(width)}  ${state.padEnd(9)}  ${url}${pid === undefined ? '' : `  process ${pid}`}`);
  }
  for (const [name, url] of Object.entries(fleet.dev?.doubles ?? {})) {
    output.line(`  ${name.padEnd(width)}  double     ${url}`);
  }
}
