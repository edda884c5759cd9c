import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** How a file is written. */
export interface AtomicWriteOptions {
  /** Permission bits of the file. */
  readonly mode: number;
  /** Asked right before the new text takes the old one's place; an error it throws leaves the old one. */
  readonly beforeReplace?: () => Promise<void>;
}

/**
 * Writes a file so that a reader sees the old text or the new one, and a crash leaves one of them (06 S-52): a new file
 * beside it, flushed to disk, then moved over the old one.
 */
export async function writeFileAtomically(path: string, text: string, options: AtomicWriteOptions): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeAndSync(temporary, text, options.mode);
    await options.beforeReplace?.();
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

async function writeAndSync(path: string, text: string, mode: number): Promise<void> {
  await using file = await open(path, 'wx', mode);
  await file.writeFile(text, 'utf8');
  await file.sync();
}

/** Without it a power cut can undo the move although the text is on disk. */
async function syncFolder(path: string): Promise<void> {
  await using folder = await open(path, 'r');
  await folder.sync();
}
