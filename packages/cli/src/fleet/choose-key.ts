import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import type { Fleet } from './fleet.ts';

/** What the options and the environment say of the key. */
export interface KeyChoice {
  /** `--key KEY`. */
  readonly key?: string | undefined;
  /** `--as ROLE`: one of the demo keys of a local fleet. */
  readonly as?: string | undefined;
}

const roleDefault = 'admin';

/**
 * Chooses the key of a command: `--key`, else the demo key of `--as`, else `FAIRLEAD_KEY`, else the demo key `admin`.
 *
 * @throws CliError usage for a role without a demo key; not authenticated when there is no key at all.
 */
export function chooseKey(fleet: Fleet, { key, as }: KeyChoice): string {
  if (key !== undefined) return key;
  const demoKeys = fleet.dev?.keys ?? {};
  if (as !== undefined) return demoKeys[as] ?? refuseRole(as, Object.keys(demoKeys));
  const found = fleet.key ?? demoKeys[roleDefault];
  if (found !== undefined) return found;
  throw new CliError(exitCode.notAuthenticated, `no key is known for ${fleet.url}.`, {
    fix: 'export FAIRLEAD_KEY=flk_...',
  });
}

function refuseRole(as: string, known: readonly string[]): never {
  if (known.length === 0) {
    throw new CliError(exitCode.usage, '--as needs the demo keys of a local fleet.', { fix: 'use --key KEY' });
  }
  throw new CliError(exitCode.usage, `there is no demo key "${as}".`, { fix: `use --as ${known.join('|')}` });
}
