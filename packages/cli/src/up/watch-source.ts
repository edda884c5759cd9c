import { watch } from 'node:fs';

/** A watch that ends with its scope. */
export interface SourceWatch extends Disposable {
  readonly folders: readonly string[];
}

/** An editor writes a file in several steps; one change is reported after it has been quiet this long. */
const quietMs = 200;

/** Calls `onChange` when a TypeScript source in one of the folders changes. Tests are not part of what runs. */
export function watchSource(folders: readonly string[], onChange: () => void): SourceWatch {
  let timer: NodeJS.Timeout | undefined;
  const watchers = folders.map((folder) =>
    watch(folder, { recursive: true }, (_event, file) => {
      if (file === null || !file.endsWith('.ts') || file.endsWith('.test.ts')) return;
      clearTimeout(timer);
      timer = setTimeout(onChange, quietMs);
    }),
  );
  return {
    folders,
    [Symbol.dispose]() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
