// Builds what changed, then starts the whole fleet in this process: `npm start` is `fairlead up` on a fresh build.
//
// Usage: npm start [-- --config FILE --port N --state DIR --only a,b]
import { spawn } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const root = path.dirname(import.meta.dirname);
/** What a fleet runs; what these stand on is built first. */
const built = ['--filter=./services/*', '--filter=@fairlead/cli'];
const builtCli = path.join(root, 'packages', 'cli', 'dist', 'main.js');

process.exitCode = await start();

async function start(): Promise<number> {
  const startedMs = performance.now();
  console.log('fairlead: building what changed');
  const build = await runBuild();
  if (build.code !== 0) {
    console.error(
      `${build.output}\nfairlead: the build failed.\n  fix: mend the error above, then run npm start again`,
    );
    return 1;
  }
  console.log(`fairlead: built in ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
  return await runCli(['up', ...process.argv.slice(2)]);
}

function runBuild(): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const search = [path.join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(path.delimiter);
    const child = spawn('turbo', ['run', 'build', ...built, '--output-logs=errors-only'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, PATH: search, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' },
    });
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => resolve({ code: 1, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** Imported by path, because the command's entry is built a moment ago and no compiler could see it before. */
async function runCli(argv: readonly string[]): Promise<number> {
  const module: unknown = await import(pathToFileURL(builtCli).href);
  if (!hasMain(module)) throw new TypeError(`${builtCli} does not export main`);
  return await module.main(argv);
}

function hasMain(module: unknown): module is { main: (argv: readonly string[]) => Promise<number> } {
  return typeof module === 'object' && module !== null && 'main' in module && typeof module.main === 'function';
}
