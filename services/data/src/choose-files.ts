import { Unavailable } from '@fairlead/server-kit/runtime';
import type { Files } from './deps.ts';

/** @throws Unavailable `CONFIG_MISSING` while no root is configured (05 T-08). */
export function chooseFiles(files: Files | undefined): Files {
  if (files !== undefined) return files;
  throw new Unavailable('CONFIG_MISSING', {
    publicMessage: 'No folder is configured: DATA_FILE_ROOTS is not set. See the README of the data server.',
    details: { setting: 'DATA_FILE_ROOTS' },
    retryable: false,
  });
}
