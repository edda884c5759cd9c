import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/**
 * The folder for `NODE_COMPILE_CACHE`. Most of the time in which a worker thread or a child process of a test starts goes
 * into reading TypeScript, which each does again without a cache. Node finds an entry by its own version and the text of
 * the module, so that a changed file is read anew.
 *
 * Node removes nothing, and some tests write scripts into folders of their own, new ones in each run. A folder with more
 * than `entriesMax` entries is emptied; a run that uses it meanwhile misses, no more.
 *
 * @param entriesMax default 20,000, about 150 MB.
 */
export function compileCache(root: string, entriesMax = 20_000): string {
  const folder = path.join(root, 'node_modules', '.cache', 'node');
  if (countEntries(folder) > entriesMax) rmSync(folder, { recursive: true, force: true });
  return folder;
}

function countEntries(folder: string): number {
  return existsSync(folder) ? readdirSync(folder, { recursive: true }).length : 0;
}
