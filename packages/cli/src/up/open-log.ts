import { openSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** A log that grew beyond this is put aside at the next start, in place of the one that was put aside before. */
const bytesMax = 10 * 1024 * 1024;

/** Opens the log of a process for appending, and answers its file descriptor. */
export function openLog(folder: string, name: string): { readonly file: string; readonly descriptor: number } {
  const file = path.join(folder, `${name}.log`);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > bytesMax) renameSync(file, `${file}.1`);
  return { file, descriptor: openSync(file, 'a', 0o600) };
}
