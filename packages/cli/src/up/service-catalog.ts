import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';

/** A service of this repository. */
export interface ServiceEntry {
  readonly name: string;
  /** Absolute path of its folder. */
  readonly folder: string;
}

/** All services of a repository but the gateway: every folder of `services/` with a `src/main.ts`. */
export function discoverServices(root: string): readonly ServiceEntry[] {
  const services = path.join(root, 'services');
  return readdirSync(services)
    .toSorted()
    .filter((name) => name !== 'gateway')
    .map((name) => ({ name, folder: path.join(services, name) }))
    .filter(({ folder }) => existsSync(path.join(folder, 'src', 'main.ts')));
}

/**
 * The services that `--only` names; all when it is absent. The gateway always runs, so it may be named or not.
 *
 * @throws CliError (usage) for a name that is no service.
 */
export function selectServices(
  services: readonly ServiceEntry[],
  only: readonly string[] | undefined,
): readonly ServiceEntry[] {
  if (only === undefined) return services;
  const known = services.map(({ name }) => name);
  const unknown = only.find((name) => name !== 'gateway' && !known.includes(name));
  if (unknown !== undefined) {
    throw new CliError(exitCode.usage, `--only: there is no service "${unknown}".`, {
      fix: `use --only ${known.join(',')}`,
    });
  }
  return services.filter(({ name }) => only.includes(name));
}
