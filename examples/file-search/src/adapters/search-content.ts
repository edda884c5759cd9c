import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { InvalidInput } from '@fairlead/server-kit/runtime';
import { rgPath } from '@vscode/ripgrep';
import type { ContentQuery, FoundLine } from '../deps.ts';
import { findFiles } from './find-files.ts';
import { secretNames } from '../domain/secret-names.ts';

/** As 06 S-54 has them. Nothing outside the root decides: no config, no ignore file of a parent or a user. */
const fixedArguments = [
  '--no-config --no-ignore-parent --no-ignore-global --no-require-git --no-follow --no-messages',
  '--max-filesize=10M --max-columns=500 --max-columns-preview --sort=path',
  '--color=never --no-heading --with-filename --line-number --column --null',
].flatMap((line) => line.split(' '));

const outputLine = /^(?:\.\/)?([^\0]*)\0(\d+):(\d+):(.*)$/;

/**
 * Searches lines with ripgrep, whose regular expressions take linear time (06 S-40). Ends it as soon as one line more than
 * `limit` is known, or when the signal aborts.
 *
 * @throws InvalidInput `INPUT_INVALID` for an expression or a glob that ripgrep does not understand.
 */
export async function searchContent(
  realRoot: string,
  query: ContentQuery,
  signal: AbortSignal,
): Promise<readonly FoundLine[]> {
  // A glob of ripgrep brings back what is ignored, so it only narrows; what is shown is decided as in find_files.
  const shown = query.glob === undefined ? undefined : new Set(await findFiles(realRoot, query.glob, signal));
  // It has nothing to tidy up, so SIGKILL is the kindest end: at once, also when the disk hangs.
  const child = spawn(rgPath, argumentsFor(query), {
    cwd: realRoot,
    env: {},
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const reading = readLines(child.stdout, { shown, linesMax: query.limit + 1 }).finally(() => child.kill('SIGKILL'));
  const [found, complaint, code] = await Promise.all([reading, text(child.stderr), ended]);
  if (code === 2 && complaint !== '') throw notUnderstood(complaint);
  return found;
}

function argumentsFor({ query, regex, glob }: ContentQuery): readonly string[] {
  return [
    ...fixedArguments,
    ...(regex ? [] : ['--fixed-strings']),
    ...(glob === undefined ? [] : [`--glob=${glob}`]),
    // After the caller's glob, because the last one that fits decides.
    ...secretNames.map((name) => `--iglob=!${name}`),
    '-e',
    query,
    '--',
    './',
  ];
}

interface Reading {
  /** Paths that may be shown; absent: all. */
  readonly shown: ReadonlySet<string> | undefined;
  readonly linesMax: number;
}

async function readLines(output: Readable, { shown, linesMax }: Reading): Promise<readonly FoundLine[]> {
  const found: FoundLine[] = [];
  for await (const line of createInterface({ input: output, crlfDelay: Number.POSITIVE_INFINITY })) {
    const [, path, number, column, content] = outputLine.exec(line) ?? [];
    if (path === undefined || content === undefined || shown?.has(path) === false) continue;
    found.push({ path, line: Number(number), column: Number(column), text: content });
    if (found.length >= linesMax) break;
  }
  return found;
}

function notUnderstood(complaint: string): InvalidInput {
  const reason = /^error: (.*)$/m.exec(complaint)?.[1] ?? 'it holds a line break or a glob that cannot be read';
  return new InvalidInput('INPUT_INVALID', {
    message: `ripgrep: ${complaint}`,
    publicMessage: `query or glob: this cannot be searched for: ${reason}.`,
    fix: 'Correct it, or leave regex out to search for the text as it is.',
  });
}
