import { systemClock } from '@fairlead/server-kit/runtime';
import type { FleetProgress } from './fleet-progress.ts';
import { newDemoPasswords, newPassword } from './demo-passwords.ts';
import { startDatabase, type RunningDatabase } from './start-database.ts';
import { startDouble, type RunningDouble } from './start-double.ts';
import { runTogether } from './run-together.ts';
import type { Environment } from './service-environment.ts';
import { openLog } from './open-log.ts';
import type { StateFolder } from './state-folder.ts';
import { SupervisedPart } from './supervised-part.ts';

/** The outside systems of which the fleet has a double. */
export type DoubledSystem = 'github' | 'slack';

/** What the processes of a fleet stand on. A double is absent when no service that runs needs it. */
export interface FleetParts {
  readonly database: SupervisedPart<RunningDatabase>;
  readonly doubles: ReadonlyMap<DoubledSystem, SupervisedPart<RunningDouble>>;
}

/** What the parts are started with. */
export interface FleetPartsOptions {
  readonly state: StateFolder;
  /** Names of the services that run. */
  readonly services: readonly string[];
  readonly outer: Readonly<NodeJS.ProcessEnv>;
  readonly progress: FleetProgress;
  readonly signal: AbortSignal;
  /** Every started part is registered here in the line that starts it. */
  readonly stack: AsyncDisposableStack;
  /** Called when a double was started anew: its targets may have other ids now. */
  readonly onDoubleRestart: () => void;
}

/** Starts the database, which the gateway needs, and the doubles that the services need, side by side. */
export async function startFleetParts(options: FleetPartsOptions): Promise<FleetParts> {
  const systems = options.services.includes('devops') ? doubledSystems(options.outer) : [];
  const databases: SupervisedPart<RunningDatabase>[] = [];
  const doubles = new Map<DoubledSystem, SupervisedPart<RunningDouble>>();
  const startAll = [
    async () => databases.push(await startSupervisedDatabase(options)),
    ...systems.map((system) => async () => doubles.set(system, await startSupervisedDouble(system, options))),
  ];
  await runTogether<unknown>(startAll, options.signal);
  const [database] = databases;
  if (database === undefined) throw new RangeError('the database was not started');
  return { database, doubles };
}

/**
 * The systems that a double stands in for: those for which the environment names neither a token nor targets. A token
 * alone is not enough, many shells have one for other ends; a list of targets says that the real system is meant.
 */
export function doubledSystems(outer: Readonly<NodeJS.ProcessEnv>): readonly DoubledSystem[] {
  const isReal = {
    github: Boolean(outer['GITHUB_TOKEN'] && outer['DEVOPS_GITHUB_REPOS']),
    slack: Boolean(outer['SLACK_TOKEN'] && outer['DEVOPS_SLACK_WRITE_CHANNELS']),
  };
  return (['github', 'slack'] as const).filter((system) => !isReal[system]);
}

/** The settings that point the services to the parts as they are now. */
export function partSettings(
  parts: FleetParts,
  outer: Readonly<NodeJS.ProcessEnv>,
): Readonly<Record<string, Environment>> {
  const { platformUrl, demo } = parts.database.running;
  return {
    gateway: { DATABASE_URL: platformUrl },
    data: demo === undefined ? {} : { DATA_DATABASE_URL: demo.readOnlyUrl },
    devops: {
      ...realSettings(parts, outer),
      ...githubSettings(parts.doubles.get('github')?.running),
      ...slackSettings(parts.doubles.get('slack')?.running),
      DEVOPS_DOUBLES: [...parts.doubles.keys()].join(','),
    },
  };
}

async function startSupervisedDatabase(options: FleetPartsOptions): Promise<SupervisedPart<RunningDatabase>> {
  const { state, progress, stack, services } = options;
  const platformPassword = newPassword();
  const demoPasswords = services.includes('data') ? newDemoPasswords() : undefined;
  const log = openLog(state.logs, 'postgres').descriptor;
  // The port of the first start is kept: the services hold URLs with it.
  let port: number | undefined;
  return await progress.step(
    'postgres',
    async () =>
      stack.use(
        await SupervisedPart.start({
          name: 'postgres',
          clock: systemClock,
          report: progress.say,
          start: async () => {
            const database = await startDatabase({
              folder: state.postgres,
              port,
              platformPassword,
              demoPasswords,
              log,
            });
            port = database.port;
            return database;
          },
        }),
      ),
    ({ running: { port: bound, demo } }) =>
      `ready on port ${bound}${demo === undefined ? '' : ', with the demo database'}`,
  );
}

async function startSupervisedDouble(
  system: DoubledSystem,
  { state, progress, stack, outer, onDoubleRestart }: FleetPartsOptions,
): Promise<SupervisedPart<RunningDouble>> {
  const log = openLog(state.logs, `${system}-double`).descriptor;
  const environment = { PATH: outer['PATH'] ?? '' };
  let port = 0;
  return await progress.step(
    system,
    async () =>
      stack.use(
        await SupervisedPart.start({
          name: `${system} double`,
          clock: systemClock,
          report: progress.say,
          onRestart: onDoubleRestart,
          start: async () => {
            const double = await startDouble({ system, port, environment, log });
            port = Number(new URL(double.ready.url).port);
            return double;
          },
        }),
      ),
    ({ running }) => `a double, on ${running.ready.url}`,
  );
}

/** Tokens and addresses of real systems; their lists of targets begin with `DEVOPS_` and are passed on anyway. */
function realSettings({ doubles }: FleetParts, outer: Readonly<NodeJS.ProcessEnv>): Environment {
  const names = [
    ...(doubles.has('github') ? [] : ['GITHUB_URL', 'GITHUB_TOKEN']),
    ...(doubles.has('slack') ? [] : ['SLACK_URL', 'SLACK_TOKEN']),
  ];
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = outer[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function githubSettings(double: RunningDouble | undefined): Environment {
  if (double?.ready.service !== 'github') return {};
  const repositories = double.ready.repositories.join(',');
  return {
    GITHUB_URL: double.ready.apiUrl,
    GITHUB_TOKEN: double.ready.token,
    DEVOPS_GITHUB_REPOS: repositories,
    DEVOPS_GITHUB_WRITE_REPOS: repositories,
  };
}

function slackSettings(double: RunningDouble | undefined): Environment {
  if (double?.ready.service !== 'slack') return {};
  return {
    SLACK_URL: double.ready.apiUrl,
    SLACK_TOKEN: double.ready.token,
    DEVOPS_SLACK_WRITE_CHANNELS: Object.values(double.ready.channels).join(','),
  };
}
