import { basename } from 'node:path';
import { keyFile, type KeyRecord } from '@fairlead/contracts';
import { Internal } from '../runtime/errors/errors.ts';
import { formatPath } from './format-path.ts';

/**
 * Reads the text of a key file. An empty text is an empty store.
 *
 * @throws Internal with code KEY_FILE_INVALID that names the field, such as `keys[2].hash`.
 */
export function parseKeyFile(text: string, path: string): readonly KeyRecord[] {
  if (text.trim() === '') return [];
  const parsed = keyFile.safeParse(parseJson(text, path));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(path, `${formatPath(issue?.path ?? [])}: ${issue?.message ?? 'is wrong'}`);
  }
  const twice = firstRepeated(parsed.data.keys.map(({ id }) => id));
  if (twice !== undefined) throw invalid(path, `keys: the id ${twice} occurs twice`);
  return parsed.data.keys;
}

/** The text of a key file. */
export function formatKeyFile(records: readonly KeyRecord[]): string {
  return `${JSON.stringify({ version: 1, keys: records }, null, 2)}\n`;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(path, 'is not JSON', cause);
  }
}

function firstRepeated(ids: readonly string[]): string | undefined {
  return ids.find((id, index) => ids.indexOf(id) !== index);
}

function invalid(path: string, problem: string, cause?: unknown): Internal {
  return new Internal('KEY_FILE_INVALID', {
    message: `read the key file ${path}: ${problem}`,
    publicMessage: `${basename(path)}: ${problem}. Mend the field, or move the file away and create the keys again.`,
    cause,
  });
}
