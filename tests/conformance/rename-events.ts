import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { stripPrefix } from './rename-message.ts';

const DATA = 'data: ';

/** Takes the prefix off the names in a stream of server-sent events, line by line, as they come. */
export function createEventRenamer(prefix: string): Transform {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const lines = `${rest}${decoder.write(chunk)}`.split('\n');
      rest = lines.pop() ?? '';
      done(null, lines.map((line) => `${renameLine(line, prefix)}\n`).join(''));
    },
    flush(done) {
      done(null, rest);
    },
  });
}

function renameLine(line: string, prefix: string): string {
  return line.startsWith(DATA) ? `${DATA}${stripPrefix(line.slice(DATA.length), prefix)}` : line;
}
