import { once } from 'node:events';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { ServiceError } from '@fairlead/server-kit/runtime';
import { createAdminApi } from '../api/admin-api.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../command.ts';
import { exitCode } from '../exit-code.ts';
import { createMcpConnection } from '../mcp/mcp-connection.ts';
import { cliVersion } from '../version.ts';
import { writeFileAtomically } from '../write-file-atomically.ts';
import { announcementLines } from './announce-fleet.ts';
import { describeFleet, type FleetState } from './describe-fleet.ts';
import { startFleetParts } from './fleet-parts.ts';
import { planFleet, type FleetPlan } from './fleet-plan.ts';
import { processUrls } from './process-urls.ts';
import { FleetProcesses, startFleetProcesses, watchFleetSource } from './fleet-processes.ts';
import { indexDocs } from './index-docs.ts';
import type { UpOptions } from './up-options.ts';
import { waitForCatalog } from './wait-for-catalog.ts';

/** Node's loop ends when nothing is left to wait for; a fleet whose parts are all between two starts still has to live. */
const keepAliveMs = 60_000;

/**
 * Starts the whole fleet, tells of it, and holds it until the context's signal aborts; then everything is stopped, in the
 * reverse order, within 10 seconds. This is the composition root of `fairlead up`.
 *
 * @throws CliError (usage) when the fleet cannot start; what was started by then is stopped.
 */
export async function runFleet(options: UpOptions, context: CommandContext): Promise<void> {
  await using stack = new AsyncDisposableStack();
  const alive = setInterval(() => undefined, keepAliveMs);
  stack.defer(() => clearInterval(alive));
  try {
    const plan = await planFleet(options, context, stack);
    const fleet = await startFleet(plan, stack);
    publish(plan, fleet, stack);
    if (!context.signal.aborted) await once(context.signal, 'abort');
    plan.progress.say('fairlead: stopping');
  } catch (error) {
    if (!ServiceError.is(error)) throw error;
    throw new CliError(exitCode.usage, error.publicMessage, { fix: 'fairlead doctor', cause: error });
  }
}

async function startFleet(plan: FleetPlan, stack: AsyncDisposableStack): Promise<FleetState> {
  const startedAt = new Date();
  // Made first and filled last, but stopped before the parts that the services stand on.
  const processes = new FleetProcesses();
  const parts = await startFleetParts({
    state: plan.state,
    services: plan.services.map(({ name }) => name),
    outer: plan.context.env,
    progress: plan.progress,
    signal: plan.context.signal,
    stack,
    onDoubleRestart: () => processes.get('devops')?.restart('a double was started anew'),
  });
  stack.use(processes);
  plan.context.signal.throwIfAborted();
  await startFleetProcesses(plan, { parts, processes });
  if (plan.options.watchesSource) stack.use(watchFleetSource(plan, processes));
  await awaitCatalog(plan);
  await indexDocuments(plan);
  return { parts, processes, startedAt };
}

async function awaitCatalog(plan: FleetPlan): Promise<void> {
  const { url } = processUrls('gateway', plan);
  const api = createAdminApi({ url, key: plan.keys['admin'] ?? '', signal: plan.context.signal, fetch });
  const names = plan.services.map(({ name }) => name);
  const missing = await waitForCatalog(api, names, plan.context.signal);
  if (missing.length > 0) plan.progress.say(`  the gateway has not found ${missing.join(', ')} yet: fairlead status`);
}

/** A fleet without its search index is still of use, so a failure is told and not thrown. */
async function indexDocuments(plan: FleetPlan): Promise<void> {
  if (!plan.services.some(({ name }) => name === 'aiml')) return;
  const { signal, root } = plan.context;
  const connection = createMcpConnection({
    url: processUrls('gateway', plan).mcp,
    key: plan.keys['admin'] ?? '',
    version: cliVersion(),
    fetch,
  });
  try {
    const folder = path.join(root, 'docs');
    await plan.progress.step(
      'docs',
      async () => await indexDocs({ folder, connection, signal }),
      (count) => `${count} documents in the collection docs`,
    );
  } catch (error) {
    signal.throwIfAborted();
    plan.progress.say(`  docs        not indexed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Writes `dev.json`, keeps it true when a process is started anew, and tells the user of the fleet. */
function publish(plan: FleetPlan, fleet: FleetState, stack: AsyncDisposableStack): void {
  const { state, options, context } = plan;
  const write = (): void => {
    writeFileAtomically(state.devJson, `${JSON.stringify(describeFleet(plan, fleet), undefined, 2)}\n`, 0o600);
  };
  write();
  stack.defer(() => rmSync(state.devJson, { force: true }));
  fleet.processes.whenRestarted(write);
  const dev = describeFleet(plan, fleet);
  const isDefaultState = state.path === path.join(context.root, '.fairlead');
  const fleetOption = isDefaultState ? [] : ['--fleet', state.path];
  if (options.isJson) context.output.json(dev);
  else for (const line of announcementLines({ dev, stateFolder: state.path, fleetOption })) context.output.line(line);
}
