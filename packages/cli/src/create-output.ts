import type { Writable } from 'node:stream';
import type { Output } from './command.ts';

/** Makes the output of a command from two streams. */
export function createOutput(answers: Writable, notes: Writable): Output {
  return {
    line: (text) => answers.write(`${text}\n`),
    json: (value) => answers.write(`${JSON.stringify(value, undefined, 2)}\n`),
    note: (text) => notes.write(`${text}\n`),
  };
}
