import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a command ended, and what it wrote. */
export interface CliRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The launcher, as `npx fairlead` finds it. */
export const launcher = fileURLToPath(new URL('../../bin/fairlead.mjs', import.meta.url));

/** Arguments to Node that run the command from source, whatever is built. */
export const fromSource = ['--conditions=@fairlead/source', launcher] as const;

/** Runs the command as a process of its own, with nothing of this process's environment but PATH. */
export function runCli(
  args: readonly string[],
  { env = {}, cwd = '/' }: { readonly env?: Readonly<Record<string, string>>; readonly cwd?: string } = {},
): Promise<CliRun> {
  return new Promise((resolve) => {
    const options = { cwd, env: { PATH: process.env['PATH'], ...env }, timeout: 60_000 };
    execFile(process.execPath, [...fromSource, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stdout, stderr });
    });
  });
}
