import { readFileSync } from 'node:fs';

const linesMax = 15;

/** The last lines of a log, for the one who has to mend what they say; empty when it cannot be read. */
export function readLogTail(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-linesMax).join('\n');
  } catch {
    return '';
  }
}
