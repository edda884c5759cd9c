import { chmodSync, copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import { writeFileAtomically } from '../write-file-atomically.ts';
import type { JsonObject } from './client-kind.ts';

/**
 * Reads a client's config file; an absent or empty one is an empty config.
 *
 * @throws CliError (usage) when it is not plain JSON: a file with comments would lose them, so it is left alone.
 */
export function readClientConfig(file: string): JsonObject {
  const text = existsSync(file) ? readFileSync(file, 'utf8').replace(/^\uFEFF/, '') : '';
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value)) return value;
  } catch {
    // Falls through to the one refusal below: what is wrong with the text does not matter to the mend.
  }
  const message = `${file} is not plain JSON (comments?), so it was left as it is.`;
  throw new CliError(exitCode.usage, message, { fix: 'add --print, and paste the entry by hand' });
}

/**
 * Writes a client's config file in one step, readable by its owner only when it is new, because it holds a key.
 *
 * @returns path of the copy of what was there before; nothing when the file is new.
 */
export function writeClientConfig(file: string, config: JsonObject, now: Date): string | undefined {
  const text = `${JSON.stringify(config, undefined, 2)}\n`;
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileAtomically(file, text, 0o600);
    return undefined;
  }
  // The file behind a link is written, or the link of somebody's dotfiles would become a file.
  const real = realpathSync(file);
  const backup = `${real}.${now.toISOString().replaceAll(/[:.]/g, '-')}.bak`;
  const mode = statSync(real).mode & 0o777;
  copyFileSync(real, backup);
  chmodSync(backup, mode);
  writeFileAtomically(real, text, mode);
  return backup;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
