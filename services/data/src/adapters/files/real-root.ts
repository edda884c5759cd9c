import { realpath, stat } from 'node:fs/promises';
import type { FileRoot } from '../../domain/files/file-roots.ts';

/** A root whose links are resolved. */
export interface RealRoot {
  readonly id: string;
  readonly realPath: string;
}

/**
 * Resolves the configured roots once, so that a link that is turned later does not move them.
 *
 * @throws Error that names the root when it is no folder.
 */
export async function resolveRoots(roots: readonly FileRoot[]): Promise<ReadonlyMap<string, RealRoot>> {
  const resolved = await Promise.all(roots.map(resolveRoot));
  return new Map(resolved.map((root) => [root.id, root]));
}

async function resolveRoot({ id, path }: FileRoot): Promise<RealRoot> {
  const realPath = await realpath(path).catch((cause: unknown) => {
    throw new Error(`DATA_FILE_ROOTS: the folder of ${id}, ${path}, is not there`, { cause });
  });
  if (!(await stat(realPath)).isDirectory()) throw new Error(`DATA_FILE_ROOTS: ${path}, of ${id}, is no folder`);
  return { id, realPath };
}
