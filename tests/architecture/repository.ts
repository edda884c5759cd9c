import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository's root. */
export const rootPath = fileURLToPath(new URL('../..', import.meta.url));

const skipped = new Set(['node_modules', 'dist', '.turbo']);

/** One source file, by its path from the root. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Reads every TypeScript file below the given folders, tests left out. */
export async function readSources(folders: readonly string[]): Promise<readonly SourceFile[]> {
  const files = (await Promise.all(folders.map((folder) => listFiles(join(rootPath, folder))))).flat();
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
  return Promise.all(
    sources.map(async (file) => ({ path: relative(rootPath, file), text: await readFile(file, 'utf8') })),
  );
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const lists = entries
    .filter((entry) => !skipped.has(entry.name))
    .map((entry) =>
      entry.isDirectory() ? listFiles(join(folder, entry.name)) : Promise.resolve([join(folder, entry.name)]),
    );
  return (await Promise.all(lists)).flat();
}
