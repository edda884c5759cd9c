import { readFileSync } from 'node:fs';
import { z } from 'zod';

const manifest = z.looseObject({
  fairlead: z.looseObject({ nodeOptions: z.array(z.string().startsWith('--')).default([]) }).optional(),
});

/**
 * Reads the options of Node that a service wants to be started with: `fairlead.nodeOptions` of the `package.json` in its
 * folder; none when it names none. Whatever starts services reads them here, so that each service owns its own.
 *
 * @param folder URL of the folder, with a slash at its end.
 * @throws Error when there is no manifest or an option does not begin with `--`.
 */
export function readNodeOptions(folder: URL): readonly string[] {
  const text = readFileSync(new URL('package.json', folder), 'utf8');
  return manifest.parse(JSON.parse(text)).fairlead?.nodeOptions ?? [];
}
