import { hash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { decodeText, isBinary, sampleBytes } from '../../domain/files/decode-text.ts';
import { LineWindow, type TakenLines } from '../../domain/files/line-window.ts';
import { mimeType } from '../../domain/files/mime-type.ts';
import { tailLines } from '../../domain/files/tail-lines.ts';
import { contentBytesMax, type LineRange, type TextWindow } from '../../domain/files/text-window.ts';
import { Refusal } from '../../domain/refusal.ts';

/** Up to this size a file is read whole; of larger ones only a window is held (06 S-55). */
const windowBytesMax = 1_048_576;
const chunkBytes = 65_536;
const newline = 10;

/** An opened file, and how callers call it. */
export interface OpenFile {
  readonly handle: FileHandle;
  readonly path: string;
}

/**
 * Reads lines of an opened file in memory that does not grow with it.
 *
 * @throws Refusal `FILE_NOT_REGULAR`, `FILE_BINARY`; the signal's reason when it is aborted.
 */
export async function readFileLines(file: OpenFile, range: LineRange, signal: AbortSignal): Promise<TextWindow> {
  const size = await regularSize(file);
  const window = size <= windowBytesMax ? await readSmall(file, range) : await readLarge(file, { range, size, signal });
  return { path: file.path, size, mime: mimeType(basename(file.path), 'text'), ...window };
}

type Window = Omit<TextWindow, 'path' | 'size' | 'mime'>;

/** A second name for the file, a hard link, could be one outside the root. */
async function regularSize({ handle, path }: OpenFile): Promise<number> {
  const found = await handle.stat();
  if (found.isDirectory())
    throw new Refusal('FILE_NOT_REGULAR', `${path} is a folder. Call find_files for what it holds.`);
  if (!found.isFile()) throw new Refusal('FILE_NOT_REGULAR', `${path} is no regular file, so it cannot be read.`);
  if (found.nlink !== 1)
    throw new Refusal(
      'FILE_NOT_REGULAR',
      `${path} has hard links, so it cannot be read. Copy it to a file of its own.`,
    );
  return found.size;
}

async function readSmall(file: OpenFile, range: LineRange): Promise<Window> {
  // One byte more than the file had when it was measured: a file that grows is cut, not read without end.
  const bytes = await readSpan(file.handle, { from: 0, length: windowBytesMax });
  checkText(bytes, file.path);
  const totalLines = countLines(bytes);
  const taken =
    range.kind === 'tail'
      ? tailLines(bytes, { ...range, bytesMax: contentBytesMax, isWhole: true })
      : fromLine([bytes], range);
  const startLine = range.kind === 'tail' ? totalLines - taken.lineCount + 1 : range.firstLine;
  return { ...numbered(taken, startLine), whole: { totalLines, sha256: hash('sha256', bytes, 'hex') } };
}

async function readLarge(
  file: OpenFile,
  { range, size, signal }: { range: LineRange; size: number; signal: AbortSignal },
): Promise<Window> {
  checkText(await readSpan(file.handle, { from: 0, length: sampleBytes }), file.path);
  if (range.kind === 'from')
    return { ...numbered(await streamLines(file, range, signal), range.firstLine), whole: undefined };
  const bytes = await readSpan(file.handle, { from: size - windowBytesMax, length: windowBytesMax });
  const taken = tailLines(bytes, { ...range, bytesMax: contentBytesMax, isWhole: false });
  checkText(taken.bytes, file.path);
  // The lines before are not counted: the file may have 10 GB of them.
  return { ...numbered(taken, -taken.lineCount), whole: undefined };
}

/** Goes through the file in chunks until the range is full; what lies before it is counted and dropped. */
async function streamLines(
  file: OpenFile,
  range: LineRange & { kind: 'from' },
  signal: AbortSignal,
): Promise<TakenLines> {
  const window = new LineWindow({ firstLine: range.firstLine, linesMax: range.linesMax, bytesMax: contentBytesMax });
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (let position = 0; ;) {
    signal.throwIfAborted();
    const { bytesRead } = await file.handle.read(buffer, 0, chunkBytes, position);
    if (bytesRead === 0 || !window.push(buffer.subarray(0, bytesRead))) break;
    position += bytesRead;
  }
  const taken = window.finish();
  checkText(taken.bytes, file.path);
  return taken;
}

function fromLine(chunks: readonly Buffer[], range: LineRange & { kind: 'from' }): TakenLines {
  const window = new LineWindow({ firstLine: range.firstLine, linesMax: range.linesMax, bytesMax: contentBytesMax });
  for (const chunk of chunks) window.push(chunk);
  return window.finish();
}

async function readSpan(handle: FileHandle, { from, length }: { from: number; length: number }): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function checkText(bytes: Buffer, path: string): void {
  if (!isBinary(bytes)) return;
  const mime = mimeType(basename(path), 'binary');
  throw new Refusal('FILE_BINARY', `${path} is binary (${mime}), and only text can be read.`, { mime });
}

function numbered(taken: TakenLines, startLine: number): Omit<Window, 'whole'> {
  return { content: decodeText(taken.bytes), startLine, endLine: startLine + taken.lineCount - 1, cutBy: taken.cutBy };
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  let from = 0;
  for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, from)) {
    lines += 1;
    from = end + 1;
  }
  return from < bytes.length ? lines + 1 : lines;
}
