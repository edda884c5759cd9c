import { existsSync, readFileSync } from 'node:fs';
import { devJson, type DevJson } from '@fairlead/contracts';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';

/**
 * Reads a `dev.json`. Answers nothing when there is none.
 *
 * @throws CliError (usage) when the file cannot be read or has another shape.
 */
export function readDevJson(file: string): DevJson | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return devJson.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new CliError(exitCode.usage, `${file} is not a dev.json of this version.`, {
      fix: 'fairlead down && npm start',
      cause: error,
    });
  }
}
