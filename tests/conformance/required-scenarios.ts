import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { suiteFolder } from './suite-folder.ts';

const requirements = z.looseObject({ server: z.array(z.string()).min(1) });

/** Names of the server scenarios that a revision requires, from the suite's own frozen list. */
export async function requiredServerScenarios(revision: string): Promise<readonly string[]> {
  const text = await readFile(join(suiteFolder(), 'requirements', `${revision}.yaml`), 'utf8');
  return requirements.parse(parse(text)).server;
}
