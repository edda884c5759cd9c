import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Path of the program that runs one double as a process of its own: `node <path> github|slack [port]`. It prints one
 * line (`doubleReadyLine`) when it answers, and ends on SIGTERM, on SIGINT, or when its IPC channel closes.
 */
export function doubleProcessFile(): string {
  const ownPath = fileURLToPath(import.meta.url);
  // Run from source it is a .ts file, built a .js file.
  return fileURLToPath(new URL(`./double-process${extname(ownPath)}`, import.meta.url));
}
