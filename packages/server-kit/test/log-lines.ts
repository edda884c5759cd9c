import { pino } from 'pino';
import type { Logger } from '../src/runtime/logger.ts';

/** A logger whose lines a test can read. */
export interface LogLines {
  readonly log: Logger;
  /** Messages in order, such as `keys.rejected`. */
  messages(): readonly string[];
  /** Everything that was logged, as one text. */
  text(): string;
}

/** Creates a logger that keeps its lines in memory. */
export function createLogLines(): LogLines {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  return {
    log,
    messages: () => lines.map((line) => /"msg":"([^"]*)"/.exec(line)?.[1] ?? ''),
    text: () => lines.join(''),
  };
}
