import type { ConfigDefinition, ConfigValues } from '../runtime/config.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ErrorCodeTable } from '../runtime/errors/error-code-table.ts';
import type { HealthCheck } from '../runtime/health.ts';
import type { Lifecycle } from '../runtime/lifecycle.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Prompt } from './prompt.ts';
import type { Resource } from './resource.ts';
import type { Tool } from './tool.ts';

/** What a composition root gets: everything of the process, and nothing of a request. */
export interface SetupContext<Settings extends ConfigDefinition> {
  readonly config: ConfigValues<Settings>;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** Register the stop of each thing in the line that starts it. */
  readonly lifecycle: Lifecycle;
  /** Tell clients that a list or a resource changed. */
  readonly changes: ChangeNotices;
}

/** Change notices of a service, sent to whoever subscribed, in both eras. */
export interface ChangeNotices {
  toolsChanged(): void;
  promptsChanged(): void;
  resourcesChanged(): void;
  resourceUpdated(uri: string): void;
}

/** What a composition root gives back. */
export interface SetupResult<Deps> {
  readonly deps: Deps;
  /** Parts that `/readyz` asks; a part that is not `required` only degrades the service. */
  readonly health?: readonly HealthCheck[];
}

/**
 * A service: its name, its settings, its folders of tools, resources and prompts, and how its parts are built.
 * Nothing happens until it is run.
 */
export interface ServiceDefinition<Deps, Settings extends ConfigDefinition = ConfigDefinition> {
  /** `data`, `devops`: the server's name in the fleet and the audience of its tokens (`fairlead:<name>`). */
  readonly name: string;
  readonly title: string;
  /** One paragraph that a client may give its model. */
  readonly instructions: string;
  /** Folder of the service's `package.json`, whose version the server reports. */
  readonly packageFolder: URL;
  /** Port of the MCP endpoint when `PORT` is absent, and of the ops server when `OPS_PORT` is absent. */
  readonly ports: { readonly mcp: number; readonly ops: number };
  readonly config: Settings;
  readonly errorCodes?: ErrorCodeTable;
  /** Toolsets that are on unless `<NAME>_TOOLSETS` says otherwise (05 T-07). */
  readonly defaultToolsets: readonly string[];
  /** A folder to load from, or the things themselves. Absent: none. */
  readonly tools?: URL | readonly Tool<Deps>[];
  readonly resources?: URL | readonly Resource<Deps>[];
  readonly prompts?: URL | readonly Prompt<Deps>[];
  /** The only place that constructs clients and pools, opens sockets and starts timers. */
  setup(context: SetupContext<Settings>): Promise<SetupResult<Deps>>;
}
