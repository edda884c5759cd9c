import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { fleetOptions, type Command, type CommandContext } from '../command.ts';
import { checkConfig } from '../doctor/check-config.ts';
import { checkKey } from '../doctor/check-key.ts';
import { checkNode } from '../doctor/check-node.ts';
import { checkPort } from '../doctor/check-port.ts';
import { checkPostgres } from '../doctor/check-postgres.ts';
import { fail, ok, type CheckResult } from '../doctor/check-result.ts';
import { checkSecrets } from '../doctor/check-secrets.ts';
import { checkService } from '../doctor/check-service.ts';
import { checkStateFolder } from '../doctor/check-state-folder.ts';
import { exitCode } from '../exit-code.ts';
import type { KeyChoice } from '../fleet/choose-key.ts';
import { devJsonPathOf, nearestDevJsonPath } from '../fleet/dev-json-path.ts';
import { findFleet } from '../fleet/find-fleet.ts';
import type { Fleet } from '../fleet/fleet.ts';
import { readDevJson } from '../fleet/read-dev-json.ts';
import { isProcessAlive } from '../is-process-alive.ts';
import { portDefaults } from '../up/fleet-ports.ts';
import { demoGatewayConfig } from '../up/gateway-config.ts';
import { stateFolderAt, type StateFolder } from '../up/state-folder.ts';
import { toPort } from '../up/up-options.ts';

const help = `fairlead doctor [--port N] [--config FILE] [--as ROLE|--key KEY] [--fleet DIR] [--json]

Looks for what is wrong and says the mend, one line each: Node, the state folder, ports, keys, the config, and of a
running fleet the gateway, each service and Postgres. --port is the gateway's port to check. Exit code 1 when something
is wrong.`;

interface DoctorValues extends KeyChoice {
  readonly fleet?: string | undefined;
  readonly port?: string | undefined;
  readonly config?: string | undefined;
}

/** `fairlead doctor`. */
export const command: Command = {
  help,
  async run(argv, context) {
    const { values } = parseArgs({
      args: [...argv],
      options: { ...fleetOptions, port: { type: 'string' }, config: { type: 'string' } },
    });
    const state = findState(values.fleet, context);

    const results = [
      checkNode(process.version, process.execPath, context.root),
      checkStateFolder(state.path),
      checkSecrets(state),
      ...checkConfigs(values.config, state, context),
      ...(await checkFleet(values, state, context)),
    ];

    if (values.json) context.output.json(results);
    else for (const result of results) context.output.line(lineOf(result));
    return results.some((result) => result.status === 'fail') ? exitCode.usage : exitCode.ok;
  },
};

function findState(fleet: string | undefined, { cwd, root }: CommandContext): StateFolder {
  const file = fleet === undefined ? nearestDevJsonPath(cwd) : devJsonPathOf(fleet, cwd);
  return stateFolderAt(file === undefined ? path.join(root, '.fairlead') : path.dirname(file));
}

/** The file that is given, else the one that the last start wrote. */
function checkConfigs(given: string | undefined, state: StateFolder, { cwd }: CommandContext): readonly CheckResult[] {
  if (given !== undefined)
    return [checkConfig(path.resolve(cwd, given), demoGatewayConfig({ services: [], keysFile: state.keys }))];
  return existsSync(state.gatewayConfig) ? [checkConfig(state.gatewayConfig, {})] : [];
}

async function checkFleet(
  values: DoctorValues,
  state: StateFolder,
  context: CommandContext,
): Promise<readonly CheckResult[]> {
  const isNamed = values.fleet === undefined && (context.env['FAIRLEAD_URL'] ?? '') !== '';
  if (isNamed) return await checkKey(findFleet(undefined, context), values);
  const dev = readDevJson(state.devJson);
  if (dev !== undefined && isProcessAlive(dev.pid)) {
    return await checkRunning(
      { source: state.devJson, url: dev.gateway.url, mcp: dev.gateway.mcp, dev },
      values,
      state,
    );
  }
  const gone =
    dev === undefined ? [] : [fail('fleet', `process ${dev.pid} is gone without stopping its fleet`, 'npm start')];
  const ports = await checkPorts(values.port);
  return [...gone, ...(dev === undefined ? [ok('fleet', 'none runs here: npm start')] : []), ...ports];
}

async function checkRunning(fleet: Fleet, values: DoctorValues, state: StateFolder): Promise<readonly CheckResult[]> {
  const { dev } = fleet;
  if (dev === undefined) return [];
  const services = [['gateway', dev.gateway] as const, ...Object.entries(dev.services)];
  const [keys, ready, postgres, port] = await Promise.all([
    checkKey(fleet, values),
    Promise.all(
      services.map(([name, { ops }]) => checkService({ name, ops, log: path.join(state.logs, `${name}.log`) })),
    ),
    Promise.all(dev.postgres === undefined ? [] : [checkPostgres(dev.postgres.admin)]),
    Promise.all(values.port === undefined ? [] : [checkPort('the gateway', toPort(values.port))]),
  ]);
  return [...keys, ...ready, ...postgres, ...port];
}

/** The ports that the next start would take: those of 01 §4, or the given one for the gateway. */
async function checkPorts(gatewayPort: string | undefined): Promise<readonly CheckResult[]> {
  const wanted = Object.entries(portDefaults).flatMap(([name, { mcp, ops }]) => {
    const own = name === 'gateway' && gatewayPort !== undefined ? toPort(gatewayPort) : mcp;
    return [
      [name, own],
      [name, ops],
    ] as const;
  });
  return await Promise.all(wanted.map(([name, port]) => checkPort(name, port)));
}

function lineOf(result: CheckResult): string {
  const line = `${result.status.padEnd(5)} ${result.name.padEnd(10)} ${result.detail}`;
  return result.status === 'ok' ? line : `${line}\n      fix: ${result.fix}`;
}
