import { accessSync, constants, existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { fail, ok, type CheckResult } from './check-result.ts';

const othersMask = 0o077;

/** Whether the state folder can be written by us, and by nobody else. A folder that is not there yet must be makeable. */
export function checkStateFolder(folder: string): CheckResult {
  const existing = nearestExisting(folder);
  if (!isWritable(existing))
    return fail('state', `${existing} cannot be written`, 'fairlead up --state DIR, with a folder of your own');
  if (existing !== folder) return ok('state', `${folder} is made at the first start`);
  const mode = statSync(folder).mode & 0o777;
  if ((mode & othersMask) === 0) return ok('state', folder);
  return fail('state', `${folder} is open to others (mode ${mode.toString(8)})`, `chmod 700 ${folder}`);
}

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(path.dirname(folder));
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
