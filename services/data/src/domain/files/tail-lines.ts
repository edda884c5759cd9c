import type { TakenLines } from './line-window.ts';

const newline = 10;

/** Which lines to take from the end of a file. */
export interface TailOptions {
  readonly linesMax: number;
  readonly bytesMax: number;
  /** Whether the bytes are all of the file; otherwise their first, incomplete line is left out. */
  readonly isWhole: boolean;
}

/**
 * Takes the last lines of the last bytes of a file; keeps the end where the byte limit is met. `cutBy` is `bytes` when
 * there are fewer lines than were asked for, though the file has more.
 */
export function tailLines(bytes: Buffer, { linesMax, bytesMax, isWhole }: TailOptions): TakenLines {
  const starts = lineStarts(bytes, isWhole);
  const byRows = starts.at(-linesMax) ?? starts[0] ?? 0;
  const byBytes = starts.find((start) => bytes.length - start <= bytesMax) ?? Math.max(0, bytes.length - bytesMax);
  const start = Math.max(byRows, byBytes);
  const wholeLines = starts.filter((lineStart) => lineStart >= start).length;
  const isCutInside = start < bytes.length && !starts.includes(start);
  const isShort = wholeLines < linesMax && (start > 0 || !isWhole);
  return {
    bytes: bytes.subarray(start),
    lineCount: wholeLines + (isCutInside ? 1 : 0),
    cutBy: isCutInside || isShort ? 'bytes' : undefined,
  };
}

function lineStarts(bytes: Buffer, isWhole: boolean): readonly number[] {
  const starts = isWhole && bytes.length > 0 ? [0] : [];
  for (let end = bytes.indexOf(newline); end !== -1 && end + 1 < bytes.length; end = bytes.indexOf(newline, end + 1)) {
    starts.push(end + 1);
  }
  return starts;
}
