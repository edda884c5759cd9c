import { glob } from 'tinyglobby';
import { createGuardedFileSystem } from './guarded-file-system.ts';

const depthMax = 32;

/**
 * Fits no file that can be seen. Beside it the walk has to start at the root: with `link/*` alone it would start behind the
 * link, past the checks of everything above.
 */
const noFixedBeginning = '**/.*';

/** Finds files below a root by a glob that has passed `patternFault`. Without a slash it matches at any depth. */
export async function findFiles(realRoot: string, pattern: string, signal: AbortSignal): Promise<readonly string[]> {
  const found = await glob([pattern.includes('/') ? pattern : `**/${pattern}`, noFixedBeginning], {
    cwd: realRoot,
    deep: depthMax,
    dot: false,
    expandDirectories: false,
    extglob: false,
    followSymbolicLinks: false,
    onlyFiles: true,
    signal,
    fs: createGuardedFileSystem(realRoot),
  });
  signal.throwIfAborted();
  return found.toSorted();
}
