import { rmSync } from 'node:fs';
import type { CommandContext } from '../command.ts';
import { makeDemoKeys, type DemoKeys } from './demo-keys.ts';
import { takeFleetLock } from './fleet-lock.ts';
import { planPorts, type ProcessPorts } from './fleet-ports.ts';
import { createFleetProgress, type FleetProgress } from './fleet-progress.ts';
import { makeSecretFiles, type SecretFiles } from './secret-files.ts';
import { discoverServices, selectServices, type ServiceEntry } from './service-catalog.ts';
import { prepareStateFolder, type StateFolder } from './state-folder.ts';
import type { UpOptions } from './up-options.ts';

/** What a fleet consists of, decided before anything is started. */
export interface FleetPlan {
  readonly options: UpOptions;
  readonly context: CommandContext;
  readonly progress: FleetProgress;
  readonly state: StateFolder;
  /** The services beside the gateway. */
  readonly services: readonly ServiceEntry[];
  readonly ports: ReadonlyMap<string, ProcessPorts>;
  readonly secrets: SecretFiles;
  readonly keys: DemoKeys;
}

/**
 * Decides what runs and where, takes the state folder, and makes the keys that are not there yet.
 *
 * @throws CliError (usage) for an unknown service, a state folder that is in use or not writable, a port in use.
 */
export async function planFleet(
  options: UpOptions,
  context: CommandContext,
  stack: AsyncDisposableStack,
): Promise<FleetPlan> {
  const services = selectServices(discoverServices(context.root), options.only);
  const state = prepareStateFolder(options.stateFolder);
  stack.use(takeFleetLock(state.lock));
  // Of a fleet that was killed: nobody shall connect to what is no longer there.
  rmSync(state.devJson, { force: true });
  const names = services.map(({ name }) => name);
  const ports = await planPorts(names, options.port);
  const progress = createFleetProgress(options.isJson ? context.output.note : context.output.line);
  progress.say(`fairlead: starting, state in ${state.path}`);
  const secrets = makeSecretFiles(state.secrets);
  const keys = await makeDemoKeys(state, secrets);
  return { options, context, progress, state, services, ports, secrets, keys };
}

/** The addresses of one process of a fleet. */
export interface ProcessUrls {
  /** Base address, without a path. */
  readonly url: string;
  readonly mcp: string;
  readonly ops: string;
}

/**
 * The addresses of a service, or of the gateway.
 *
 * @throws RangeError when the plan has no such process.
 */
export function processUrls(name: string, { ports }: Pick<FleetPlan, 'ports'>): ProcessUrls {
  const planned = ports.get(name);
  if (planned === undefined) throw new RangeError(`no ports were planned for ${name}`);
  const url = `http://127.0.0.1:${planned.mcp}`;
  return { url, mcp: `${url}/mcp`, ops: `http://127.0.0.1:${planned.ops}` };
}
