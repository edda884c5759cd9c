import { rmSync } from 'node:fs';
import type { GatewayConfig } from '@fairlead/contracts';
import type { CommandContext } from '../command.ts';
import { makeDemoKeys, type DemoKeys } from './demo-keys.ts';
import { takeFleetLock } from './fleet-lock.ts';
import { planPorts, type ProcessPorts } from './fleet-ports.ts';
import { createFleetProgress, type FleetProgress } from './fleet-progress.ts';
import { makeSecretFiles, type SecretFiles } from './secret-files.ts';
import { discoverServices, selectServices, type ServiceEntry } from './service-catalog.ts';
import { prepareStateFolder, type StateFolder } from './state-folder.ts';
import type { UpOptions } from './up-options.ts';
import { writeGatewayConfig } from './write-gateway-config.ts';

/** What a fleet consists of, decided before anything is started. */
export interface FleetPlan {
  readonly options: UpOptions;
  readonly context: CommandContext;
  readonly progress: FleetProgress;
  readonly state: StateFolder;
  /** The services beside the gateway. */
  readonly services: readonly ServiceEntry[];
  readonly ports: ReadonlyMap<string, ProcessPorts>;
  /** The gateway's config of this start, as written into the state folder. */
  readonly config: GatewayConfig;
  readonly secrets: SecretFiles;
  readonly keys: DemoKeys;
}

/**
 * Decides what runs and where, takes the state folder, and makes the keys that are not there yet.
 *
 * @throws CliError (usage) for an unknown service, a state folder that is in use or not writable, a port in use, a config that is
 * not valid.
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
  // Before anything is started: a slip in that file is told at once.
  const config = writeGatewayConfig({ options, services, state, ports });
  const progress = createFleetProgress(options.isJson ? context.output.note : context.output.line);
  progress.say(`fairlead: starting, state in ${state.path}`);
  const secrets = makeSecretFiles(state.secrets);
  const keys = await makeDemoKeys(state, secrets);
  return { options, context, progress, state, services, ports, config, secrets, keys };
}
