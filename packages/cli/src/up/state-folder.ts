import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';

/** Where a local fleet keeps what it knows. All paths are absolute. */
export interface StateFolder {
  readonly path: string;
  readonly logs: string;
  readonly secrets: string;
  readonly devJson: string;
  readonly lock: string;
  readonly keys: string;
  readonly demoKeys: string;
  readonly gatewayConfig: string;
  readonly postgres: string;
  readonly vectors: string;
}

/** The files and folders of a state folder, whether they are there or not (01 §4). */
export function stateFolderAt(folder: string): StateFolder {
  const at = (name: string): string => path.join(folder, name);
  return {
    path: folder,
    logs: at('logs'),
    secrets: at('secrets'),
    devJson: at('dev.json'),
    lock: at('fleet.lock'),
    keys: at('keys.json'),
    demoKeys: at('demo-keys.json'),
    gatewayConfig: at('fairlead.yaml'),
    postgres: at('postgres'),
    vectors: at('vectors.db'),
  };
}

/**
 * Makes the state folder (mode 0700) and the folders in it.
 *
 * @throws CliError (usage) when it cannot be made or written to.
 */
export function prepareStateFolder(folder: string): StateFolder {
  const state = stateFolderAt(folder);
  try {
    for (const each of [state.path, state.logs, state.secrets]) mkdirSync(each, { recursive: true, mode: 0o700 });
    // An older run, or a copy of the folder, may have left it open to others.
    chmodSync(state.path, 0o700);
    accessSync(state.path, constants.W_OK);
    return state;
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new CliError(exitCode.usage, `the state folder ${folder} cannot be written${reason}.`, {
      fix: 'fairlead up --state DIR, with a folder of your own',
      cause: error,
    });
  }
}
