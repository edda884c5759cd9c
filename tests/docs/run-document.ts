import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { firstMissingLine } from './match-output.ts';
import { readBlocks, type Block } from './read-blocks.ts';

/** What a document is followed with. */
export interface DocumentRun {
  /** Absolute path of the document. */
  readonly document: string;
  /** Folder in which a reader would stand. */
  readonly folder: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
}

/** How often each kind of block came; a test says how many it expects, so that a mark that is misspelt is found. */
export interface FollowedBlocks {
  readonly ran: number;
  readonly written: number;
  readonly compared: number;
}

const commandMsMax = 120_000;

/**
 * Follows a document word by word: `sh run` blocks are run, blocks with `file=` are written, `output` blocks are compared
 * with what the last command printed. Other blocks are for the reader.
 *
 * @throws Error that names the line of the block that failed, with what the command printed.
 */
export async function runDocument({ document, folder, environment }: DocumentRun): Promise<FollowedBlocks> {
  const followed = { ran: 0, written: 0, compared: 0 };
  let printed = '';
  for (const block of readBlocks(await readFile(document, 'utf8'))) {
    const place = `${path.basename(document)}:${block.line}`;
    const file = block.marks.get('file');
    if (file !== undefined) {
      await writeInside(folder, file, `${block.text}\n`);
      followed.written += 1;
    } else if (block.language === 'sh' && block.marks.has('run')) {
      printed = await runBlock(block, { place, folder, environment });
      followed.ran += 1;
    } else if (block.marks.has('output')) {
      const missing = firstMissingLine(block.text, printed);
      if (missing !== undefined) throw new Error(`${place}: the output has no line "${missing}". It is:\n${printed}`);
      followed.compared += 1;
    }
  }
  return followed;
}

async function writeInside(folder: string, file: string, text: string): Promise<void> {
  const target = path.resolve(folder, file);
  if (!target.startsWith(`${folder}${path.sep}`)) throw new Error(`${file} lies outside the reader's folder`);
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
}

interface Surroundings {
  readonly place: string;
  readonly folder: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
}

async function runBlock({ text, marks }: Block, { place, folder, environment }: Surroundings): Promise<string> {
  const wanted = Number(marks.get('exit') ?? 0);
  const { promise, resolve, reject } = Promise.withResolvers<{ code: number | null; printed: string }>();
  const child = spawn('bash', ['-euo', 'pipefail', '-c', text], {
    cwd: folder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: commandMsMax,
  });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.once('error', reject);
  child.once('close', (code) => resolve({ code, printed: Buffer.concat(chunks).toString('utf8') }));
  const { code, printed } = await promise;
  if (code !== wanted) throw new Error(`${place}: exit code ${code}, not ${wanted}:\n${text}\n${printed}`);
  return printed;
}
