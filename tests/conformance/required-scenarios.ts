import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Revision } from './cells.ts';
import { suiteFolder } from './suite-folder.ts';

const names = z.array(z.string()).min(1);
const requirements = z.looseObject({ server: names, client: names });

/** Who is under test. */
export type Role = 'server' | 'client';

/** Names of the scenarios that a revision requires of a role, from the suite's own frozen list. */
export async function requiredScenarios(role: Role, revision: Revision): Promise<readonly string[]> {
  const text = await readFile(join(suiteFolder(), 'requirements', `${revision}.yaml`), 'utf8');
  return requirements.parse(parse(text))[role];
}
