import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes one line. Resolves when the reader has taken enough for more to be written. */
export type WriteLine = (text: string) => Promise<void>;

/** Makes a writer that holds back who writes while the reader is slow. All wait for one and the same event. */
export function createLineWriter(stream: Writable): WriteLine {
  let drained: Promise<unknown> | undefined;
  return async (text) => {
    if (stream.write(`${text}\n`)) return;
    drained ??= once(stream, 'drain').finally(() => (drained = undefined));
    await drained;
  };
}
