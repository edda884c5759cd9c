import { readFileSync } from 'node:fs';
import type { ConfigDefinition, ConfigValues, Setting } from './config.ts';
import { ConfigError } from './config-error.ts';
import { describeProblem } from './settings/describe-problem.ts';
import { isSecretSetting } from './settings/setting-form.ts';

/** Environment variables by name; `process.env` fits. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a test replaces. */
export interface LoadConfigOptions {
  /** Reads a secret's file as UTF-8. Default: the file system. */
  readonly readFile?: (path: string) => string;
}

type SettingResult =
  | { readonly status: 'ok'; readonly value: unknown }
  | { readonly status: 'wrong'; readonly problem: string };

/**
 * Reads settings from the environment. Each secret may come by `<NAME>_FILE` instead, minus one newline at the file's
 * end. An empty variable counts as absent.
 *
 * @throws ConfigError with one line for every wrong setting, not only the first.
 */
export function loadConfig<Definition extends ConfigDefinition>(
  definition: Definition,
  environment: Environment,
  options: LoadConfigOptions = {},
): ConfigValues<Definition> {
  const readFile = options.readFile ?? readTextFile;
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(definition)) {
    const result = loadSetting({ name, setting: entry, environment, readFile });
    if (result.status === 'ok') values[name] = result.value;
    else problems.push(result.problem);
  }
  if (!isComplete(values, definition)) throw new ConfigError(problems);
  return Object.freeze(values);
}

/** The one narrowing of this module: a value is there only if the schema that its type is inferred from took it. */
function isComplete<Definition extends ConfigDefinition>(
  values: Readonly<Record<string, unknown>>,
  definition: Definition,
): values is ConfigValues<Definition> {
  return Object.keys(definition).every((name) => Object.hasOwn(values, name));
}

interface SettingSource {
  readonly name: string;
  readonly setting: Setting;
  readonly environment: Environment;
  readonly readFile: (path: string) => string;
}

function loadSetting(source: SettingSource): SettingResult {
  const raw = isSecretSetting(source.setting) ? readSecret(source) : present(source.environment[source.name]);
  if (typeof raw === 'object') return { status: 'wrong', problem: raw.problem };
  const parsed = source.setting.schema.safeParse(raw);
  if (parsed.success) return { status: 'ok', value: parsed.data };
  const { name, setting } = source;
  return { status: 'wrong', problem: describeProblem({ name, setting, value: raw, issues: parsed.error.issues }) };
}

function readSecret({ name, environment, readFile }: SettingSource): string | undefined | { readonly problem: string } {
  const value = present(environment[name]);
  const path = present(environment[`${name}_FILE`]);
  if (path === undefined) return value;
  if (value !== undefined)
    return { problem: `${name} and ${name}_FILE are both set. Keep ${name}_FILE and unset ${name}.` };
  try {
    return readFile(path).replace(/\r?\n$/, '');
  } catch (error) {
    return {
      problem: `${name}_FILE=${path} cannot be read${errorCode(error)}. It must be a file that this process may read.`,
    };
  }
}

function present(value: string | undefined): string | undefined {
  return value === '' ? undefined : value;
}

function readTextFile(path: string): string {
  return readFileSync(path, 'utf8');
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
}
