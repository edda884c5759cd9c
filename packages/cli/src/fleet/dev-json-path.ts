import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';

const stateFolder = '.fairlead';
const fileName = 'dev.json';

/**
 * The `dev.json` that `--fleet` names: the file itself, the state folder, or the folder above it.
 *
 * @throws CliError (usage) when nothing is there.
 */
export function devJsonPathOf(fleet: string, cwd: string): string {
  const given = path.resolve(cwd, fleet);
  if (!existsSync(given))
    throw new CliError(exitCode.usage, `--fleet ${fleet}: nothing is there.`, { fix: 'npm start' });
  if (!statSync(given).isDirectory()) return given;
  const below = path.join(given, stateFolder);
  return path.join(existsSync(below) ? below : given, fileName);
}

/** The nearest `.fairlead/dev.json` from a folder upward; nothing when there is none. */
export function nearestDevJsonPath(folder: string): string | undefined {
  const file = path.join(folder, stateFolder, fileName);
  if (existsSync(file)) return file;
  const parent = path.dirname(folder);
  return parent === folder ? undefined : nearestDevJsonPath(parent);
}
