import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from './repository-root.ts';

/** What git says of the repository, one line per changed or unknown file; nothing when it is no checkout. */
export async function readGitStatus(): Promise<string | undefined> {
  if (!existsSync(path.join(repositoryRoot, '.git'))) return undefined;
  // Without optional locks: looking must not rewrite the index.
  const args = ['--no-optional-locks', 'status', '--porcelain', '--untracked-files=all'];
  const { stdout } = await promisify(execFile)('git', args, { cwd: repositoryRoot, maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}
