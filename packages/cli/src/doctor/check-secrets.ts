import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { secretFilesIn, secretNames } from '../up/secret-files.ts';
import type { StateFolder } from '../up/state-folder.ts';
import { fail, ok, type CheckResult } from './check-result.ts';

const othersMask = 0o077;

/** Whether the fleet's own keys are all there and closed to others. None at all is right before the first start. */
export function checkSecrets(state: StateFolder): CheckResult {
  const files = secretFilesIn(state.secrets);
  const present = secretNames.filter((name) => existsSync(files[name]));
  if (present.length === 0 && !existsSync(state.keys)) return ok('secrets', 'made at the first start');
  const missing = secretNames.find((name) => !present.includes(name));
  if (missing !== undefined) {
    return fail('secrets', `${path.relative(state.path, files[missing])} is missing`, 'fairlead down && npm start');
  }
  const open = present.find((name) => (statSync(files[name]).mode & othersMask) !== 0);
  if (open !== undefined) return fail('secrets', `${files[open]} can be read by others`, `chmod 600 ${files[open]}`);
  return ok('secrets', `${present.length} keys in ${state.secrets}`);
}
