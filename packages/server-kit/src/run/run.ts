import type { ServiceDefinition } from '../define/service.ts';
import { ConfigError } from '../runtime/config-error.ts';
import type { ConfigDefinition } from '../runtime/config.ts';
import { ServiceError } from '../runtime/errors/service-error.ts';
import { loadConfig } from '../runtime/load-config.ts';
import { createLifecycle } from '../runtime/lifecycle.ts';
import { createLogger } from '../runtime/logger.ts';
import { onSignals } from '../runtime/on-signals.ts';
import { readPackageVersion } from '../runtime/read-package-version.ts';
import { createRedactor } from '../runtime/redactor.ts';
import { Secret } from '../runtime/secret.ts';
import { systemClock } from '../runtime/clock.ts';
import { serviceSettings } from './service-settings.ts';
import { startService } from './start-service.ts';
import { startStdio } from './start-stdio.ts';

const USE_ERROR = 1;

/**
 * Runs a service as this process: over HTTP, or over stdio with `--stdio`. A wrong setting ends the process with exit
 * code 1 and one line for each mistake; what else goes wrong at start is one line too.
 */
export async function run<Deps, Settings extends ConfigDefinition>(
  service: ServiceDefinition<Deps, Settings>,
): Promise<void> {
  const [flag, ...others] = process.argv.slice(2);
  if (flag === '--version') return void process.stdout.write(`${readPackageVersion(service.packageFolder)}\n`);
  if (others.length > 0 || (flag !== undefined && flag !== '--stdio'))
    return fail(`unknown argument ${others[0] ?? flag ?? ''}`, `fairlead-${service.name} [--stdio | --version]`);
  try {
    await start(service, flag === '--stdio');
  } catch (error) {
    reportStartFailure(service.name, error);
  }
}

async function start<Deps, Settings extends ConfigDefinition>(
  service: ServiceDefinition<Deps, Settings>,
  isStdio: boolean,
): Promise<void> {
  const config = loadConfig(serviceSettings(service), process.env);
  const secrets = Object.values(config).filter((value) => value instanceof Secret);
  const log = createLogger({ name: service.name, level: config.LOG_LEVEL, redactor: createRedactor({ secrets }) });
  const lifecycle = createLifecycle({ log, clock: systemClock });
  const drainMs = config.DRAIN_SECONDS * 1_000;
  onSignals((reason, deadlineMs = drainMs + 1_000) => lifecycle.stop(reason, deadlineMs));
  try {
    if (isStdio) await startStdio(service, { config, log, lifecycle });
    else await startService(service, { config, log, lifecycle });
  } catch (error) {
    await lifecycle.stop('start failed', 2_000);
    throw error;
  }
}

function reportStartFailure(name: string, error: unknown): void {
  if (error instanceof ConfigError)
    process.stderr.write(`${error.problems.map((line) => `fairlead-${name}: ${line}`).join('\n')}\n`);
  else if (ServiceError.is(error))
    process.stderr.write(
      `fairlead-${name}: ${error.publicMessage}${error.fix === undefined ? '' : `\n  fix: ${error.fix}`}\n`,
    );
  else
    process.stderr.write(
      `fairlead-${name}: ${createRedactor()(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
    );
  process.exitCode = USE_ERROR;
  process.disconnect?.();
}

function fail(cause: string, usage: string): void {
  process.stderr.write(`${cause}\n  fix: ${usage}\n`);
  process.exitCode = USE_ERROR;
}
