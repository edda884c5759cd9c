import { fileURLToPath } from 'node:url';
import { startProcess } from '@fairlead/testkit/parts';
import { readyLine } from './ready-line.ts';
import type { Subject } from './subject.ts';

/** The subjects that are one file each. */
export type SubjectFile = 'echo' | 'kit' | 'pass' | 'stock' | 'upstream';

const files: Readonly<Record<SubjectFile, URL>> = {
  echo: new URL('./echo.ts', import.meta.url),
  kit: new URL('./kit.ts', import.meta.url),
  pass: new URL('./pass.ts', import.meta.url),
  stock: new URL('./stock.ts', import.meta.url),
  upstream: new URL('./upstream.ts', import.meta.url),
};

/**
 * Starts a subject as its own process and reads where it listens from the line that it prints. What it imports of this
 * repository is the build.
 */
export async function startSubject(name: SubjectFile, args: readonly string[] = []): Promise<Subject> {
  const lines: string[] = [];
  const started = await startProcess({
    command: process.execPath,
    args: [fileURLToPath(files[name]), ...args],
    readyWhen: { output: /^\{"url":/ },
    log: (line) => {
      if (line.startsWith('{"url":')) lines.push(line);
    },
  });
  const { url, key } = readyLine.parse(JSON.parse(lines[0] ?? ''));
  return { name, pid: started.pid, url, key, [Symbol.asyncDispose]: () => started[Symbol.asyncDispose]() };
}
