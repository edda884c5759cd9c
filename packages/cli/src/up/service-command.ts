import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { readNodeOptions } from '@fairlead/server-kit/runtime';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';

/** Arguments to Node that start a service. */
export type ServiceCommand = readonly string[];

/**
 * How a service is started: its build, or its source when `fromSource`, with the options that it wants of Node.
 *
 * @throws CliError (usage) when it is not built.
 */
export function serviceCommand(folder: string, fromSource: boolean): ServiceCommand {
  const options = readNodeOptions(pathToFileURL(`${folder}/`));
  if (fromSource) return [...options, '--conditions=@fairlead/source', path.join(folder, 'src', 'main.ts')];
  const built = path.join(folder, 'dist', 'main.js');
  if (existsSync(built)) return [...options, built];
  throw new CliError(exitCode.usage, `the service ${path.basename(folder)} is not built.`, { fix: 'npm start' });
}
