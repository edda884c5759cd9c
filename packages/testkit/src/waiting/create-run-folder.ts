import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that lives as long as its scope. */
export interface RunFolder extends AsyncDisposable {
  /** Absolute path without symbolic links, mode 0700. */
  readonly path: string;
}

/** Makes an empty folder under the system's temporary folder; it is removed with all that it holds when the scope ends. */
export async function createRunFolder(): Promise<RunFolder> {
  // Real path: macOS's temporary folder is a link, and path guards compare resolved paths.
  const path = await mkdtemp(join(await realpath(tmpdir()), 'fairlead-run-'));
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}
