import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { WireTool } from '../tools/wire-tool.ts';

/**
 * Compares a tool's wire definition with `__toolsnaps__/<name>.json` beside the test (09 §8). With
 * `FAIRLEAD_UPDATE_SNAPSHOTS=1` it writes the file instead; a missing file is a failure, never a silent write.
 *
 * @throws Error that names the difference's file and the command that accepts it.
 */
export async function expectToolSnapshot(definition: WireTool, testFile: string): Promise<void> {
  const file = fileURLToPath(new URL(`./__toolsnaps__/${definition.name}.json`, testFile));
  const text = `${JSON.stringify(definition, null, 2)}\n`;
  if (process.env['FAIRLEAD_UPDATE_SNAPSHOTS'] === '1') {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return;
  }
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known === undefined)
    throw new Error(`${definition.name} has no snapshot. Accept it: npm test -- --update-snapshots`);
  if (!isDeepStrictEqual(JSON.parse(known), JSON.parse(text))) {
    throw new Error(
      `${definition.name} differs from its snapshot:\n${text}\nAccept it: npm test -- --update-snapshots`,
    );
  }
}
