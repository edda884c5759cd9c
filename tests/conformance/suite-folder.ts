import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the installed conformance suite. */
export function suiteFolder(): string {
  return dirname(fileURLToPath(import.meta.resolve('@modelcontextprotocol/conformance/package.json')));
}
