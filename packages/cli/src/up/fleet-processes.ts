import path from 'node:path';
import { environmentReferences } from './config-references.ts';
import { partSettings, type FleetParts } from './fleet-parts.ts';
import type { FleetPlan } from './fleet-plan.ts';
import { processUrls } from './process-urls.ts';
import type { ServiceEntry } from './service-catalog.ts';
import { runTogether } from './run-together.ts';
import { serviceCommand } from './service-command.ts';
import { gatewayEnvironment, serviceEnvironment, type Environment, type FleetFacts } from './service-environment.ts';
import { startService } from './start-service.ts';
import type { SupervisedPart } from './supervised-part.ts';
import { watchSource } from './watch-source.ts';

/** The running services and the gateway, by name. They stop side by side, so that an open call finds both ends. */
export class FleetProcesses implements AsyncDisposable {
  readonly #byName = new Map<string, SupervisedPart>();
  #onRestart: () => void = () => undefined;

  /** The part that is called so; nothing when it does not run. */
  get(name: string): SupervisedPart | undefined {
    return this.#byName.get(name);
  }

  add(part: SupervisedPart): void {
    this.#byName.set(part.name, part);
  }

  /** What to do whenever a process took the place of one that died. */
  whenRestarted(action: () => void): void {
    this.#onRestart = action;
  }

  restarted(): void {
    this.#onRestart();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#byName.values()].map(async (part) => await part.stop()));
  }
}

/**
 * Starts the services side by side, then the gateway: its first look at them finds them all.
 *
 * @throws CliError (usage) when one does not start; all are in `processes` by then.
 */
export async function startFleetProcesses(
  plan: FleetPlan,
  { parts, processes }: { readonly parts: FleetParts; readonly processes: FleetProcesses },
): Promise<void> {
  const references = environmentReferences(plan.config);
  const facts = (): FleetFacts => ({
    ...plan,
    root: plan.context.root,
    outer: plan.context.env,
    parts: partSettings(parts, plan.context.env),
  });
  await runTogether(
    plan.services.map(
      (entry) => (signal) =>
        startProcess(plan, processes, {
          ...entry,
          signal,
          environment: () => serviceEnvironment(entry.name, facts()),
        }),
    ),
    plan.context.signal,
  );
  const folder = path.join(plan.context.root, 'services', 'gateway');
  await startProcess(plan, processes, {
    name: 'gateway',
    folder,
    signal: plan.context.signal,
    environment: () => gatewayEnvironment(references, facts()),
  });
}

/** Restarts each service of a plan when its source, or that of a package under it, changes. */
export function watchFleetSource(plan: FleetPlan, processes: FleetProcesses): Disposable {
  const packages = ['contracts', 'server-kit'].map((name) => path.join(plan.context.root, 'packages', name, 'src'));
  const names = [...plan.services.map(({ name }) => name), 'gateway'];
  const watches = new DisposableStack();
  for (const name of names) {
    const own = path.join(plan.context.root, 'services', name, 'src');
    watches.use(watchSource([own, ...packages], () => processes.get(name)?.restart('source changed')));
  }
  return watches;
}

interface ProcessStart extends ServiceEntry {
  readonly signal: AbortSignal;
  readonly environment: () => Environment;
}

async function startProcess(
  plan: FleetPlan,
  processes: FleetProcesses,
  { name, folder, signal, environment }: ProcessStart,
): Promise<void> {
  const { mcp, ops } = processUrls(name, plan);
  await plan.progress.step(
    name,
    async () =>
      await startService({
        name,
        folder,
        command: serviceCommand(folder, plan.options.watchesSource),
        environment,
        logs: plan.state.logs,
        ops,
        signal,
        report: plan.progress.say,
        onStart: (part) => processes.add(part),
        onRestart: () => processes.restarted(),
      }),
    () => `ready on ${mcp}`,
  );
}
