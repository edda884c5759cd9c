import { execFile } from 'node:child_process';
import { cp, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { FleetCommand } from './fleet-command.ts';

/**
 * Copies the working tree, without what git ignores, into an empty folder, and answers how `npm start` runs there with
 * empty caches: no installed package, no build, no state, nothing downloaded before. Only npm's own settings (registry,
 * proxy) are taken over. Needs git, npm and the registry.
 */
export async function prepareColdCopy(root: string, folder: string): Promise<FleetCommand> {
  const copy = path.join(folder, 'tree');
  for (const file of await listFiles(root)) {
    await mkdir(path.dirname(path.join(copy, file)), { recursive: true });
    await cp(path.join(root, file), path.join(copy, file), { verbatimSymlinks: true });
  }
  return {
    command: 'npm',
    args: ['start', '--', '--port', '0', '--state', path.join(folder, 'state')],
    cwd: copy,
    env: coldEnvironment(root, folder),
  };
}

async function listFiles(root: string): Promise<readonly string[]> {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const [tracked, deleted] = await Promise.all([
    promisify(execFile)('git', args, { cwd: root, maxBuffer: 64 * 1_024 * 1_024 }),
    promisify(execFile)('git', ['ls-files', '-z', '--deleted'], { cwd: root }),
  ]);
  const gone = new Set(deleted.stdout.split('\0'));
  return tracked.stdout.split('\0').filter((file) => file !== '' && !gone.has(file));
}

/** The user's environment without the repository's Node and without what npm told this very run. */
function coldEnvironment(root: string, folder: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_(?!config_(registry|userconfig)$)/.test(name));
  const search = (process.env['PATH'] ?? '').split(path.delimiter).filter((entry) => !entry.startsWith(root));
  return {
    ...Object.fromEntries(kept),
    PATH: search.join(path.delimiter),
    npm_config_cache: path.join(folder, 'npm-cache'),
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    XDG_DATA_HOME: path.join(folder, 'data'),
  };
}
