import { Unavailable } from '@fairlead/server-kit/runtime';
import type { FileSearchDeps, Files } from './deps.ts';

/** @throws Unavailable `CONFIG_MISSING` when no root is set (05 T-08). */
export function requireFiles({ files }: FileSearchDeps): Files {
  if (files !== undefined) return files;
  throw new Unavailable('CONFIG_MISSING', {
    publicMessage: 'FILES_ROOT is not set, so there are no files to search.',
    fix: 'Start the server with FILES_ROOT=/path/to/a/folder; see examples/file-search/README.md.',
    retryable: false,
  });
}
