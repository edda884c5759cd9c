import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { BenchUseError } from '../bench-use-error.ts';

const packages = ['@fairlead/contracts', '@fairlead/server-kit', '@fairlead/gateway'];

/**
 * Builds what is measured, if it changed: the subjects run as a fleet or an image runs them. Run from source they would
 * hold Node's type stripper in memory too.
 *
 * @throws BenchUseError with the compiler's output.
 */
export async function buildSubjects(root: string): Promise<void> {
  const command = path.join(root, 'node_modules', '.bin', 'turbo');
  const filters = packages.map((name) => `--filter=${name}`);
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  try {
    await promisify(execFile)(command, ['run', 'build', '--output-logs=errors-only', ...filters], { cwd: root, env });
  } catch (error) {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
    throw new BenchUseError(`the build failed.\n${output}`, 'mend the error above, then run it again');
  }
}
