import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { launcher } from './repository-root.ts';
import { userEnvironment } from './user-environment.ts';

/** How a command ended, and what it wrote. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a command runs. */
export interface CliSurroundings {
  /** Added to what a user's shell has. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: a folder from which no fleet is found. */
  readonly cwd?: string;
}

/** Runs one `fairlead` command as a user does, and answers how it ended. */
export function runCli(args: readonly string[], { env, cwd = tmpdir() }: CliSurroundings = {}): Promise<CliRun> {
  return new Promise((resolve) => {
    const options = { cwd, env: userEnvironment(env), timeout: 60_000 };
    execFile(process.execPath, [launcher, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}
