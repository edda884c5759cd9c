import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';

/** What every program may need. All else of this process's environment may hold a secret, and stays here. */
const allowed = ['PATH', 'HOME', 'LANG', 'TZ', 'TMPDIR'] as const;

/**
 * The environment of the stdio server: a short list of ordinary variables and those named by `--env`.
 *
 * @throws CliError (usage) for a name that is none, or that is not set: the server would fail later and say less.
 */
export function childEnvironment(
  names: readonly string[],
  env: Readonly<NodeJS.ProcessEnv>,
): Readonly<Record<string, string>> {
  for (const name of names) refuseUnusable(name, env);
  const entries = [...allowed, ...names].flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function refuseUnusable(name: string, env: Readonly<NodeJS.ProcessEnv>): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    // A value on the command line would be seen by everybody who lists processes.
    throw new CliError(exitCode.usage, '--env takes the name of a variable, not a value.', {
      fix: `export ${name.split('=', 1)[0] ?? 'NAME'}=...; fairlead bridge --env ${name.split('=', 1)[0] ?? 'NAME'} ...`,
    });
  }
  if (env[name] === undefined) {
    throw new CliError(exitCode.usage, `--env ${name}: the variable is not set.`, { fix: `export ${name}=...` });
  }
}
