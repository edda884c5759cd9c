import path from 'node:path';
import { fail, ok, type CheckResult } from './check-result.ts';

const majorMin = 24;

/** Whether the Node that runs us is new enough, and whether it is the repository's own (02 TC-04). */
export function checkNode(version: string, execPath: string, root: string): CheckResult {
  const major = Number(/^v(\d+)/.exec(version)?.[1]);
  if (!(major >= majorMin)) return fail('node', `${version} is older than ${majorMin}`, 'npm start');
  const isOwn = execPath.startsWith(path.join(root, 'node_modules') + path.sep);
  return ok('node', isOwn ? `${version}, the repository's own` : `${version}, not the repository's own: ${execPath}`);
}
