import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRunFolder } from '@fairlead/testkit/waiting';
import { z } from 'zod';
import type { CliRun } from './run-cli.ts';
import { userEnvironment } from './user-environment.ts';

/** One question of the Inspector to a server. */
export interface InspectorRun {
  readonly url: string;
  readonly era: 'legacy' | 'modern';
  readonly method: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** More options, as a user would write them. */
  readonly options?: readonly string[];
}

/** Runs the command line of the MCP Inspector as a user does, with a home of its own. */
export async function runInspector({ url, era, method, headers = {}, options = [] }: InspectorRun): Promise<CliRun> {
  await using home = await createRunFolder();
  const question = ['--transport', 'http', '--protocol-era', era, '--method', method, '--format', 'json', '-q'];
  const shown = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]);
  const args = [inspector(), '--cli', url, ...question, ...options, ...shown];
  return await new Promise((resolve) => {
    execFile(
      process.execPath,
      args,
      { env: userEnvironment({ HOME: home.path }), timeout: 60_000 },
      (error, ...out) => {
        const [stdout, stderr] = out;
        resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
      },
    );
  });
}

const manifest = z.looseObject({ bin: z.looseObject({ 'mcp-inspector': z.string() }) });

/** The file behind the package's command. */
function inspector(): string {
  const file = fileURLToPath(import.meta.resolve('@modelcontextprotocol/inspector/package.json'));
  return path.join(path.dirname(file), manifest.parse(JSON.parse(readFileSync(file, 'utf8'))).bin['mcp-inspector']);
}
