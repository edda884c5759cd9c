import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { CliError } from './cli-error.ts';
import { commandTable } from './command-table.ts';
import type { CommandContext } from './command.ts';
import { createOutput } from './create-output.ts';
import { exitCode, type ExitCode } from './exit-code.ts';

/** Runs one `fairlead` command with this process's streams, environment and signals, and answers its exit code. */
export async function main(argv: readonly string[]): Promise<ExitCode> {
  // A reader that has seen enough (`fairlead tools list | head`) is no error.
  process.stdout.on('error', (error) => {
    if ('code' in error && error.code === 'EPIPE') process.exit(exitCode.ok);
    throw error;
  });
  const interrupt = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => interrupt.abort());
  return await runCommand(argv, {
    commands: commandTable,
    env: process.env,
    cwd: process.cwd(),
    root: fileURLToPath(new URL('../../../', import.meta.url)),
    home: homedir(),
    output: createOutput(process.stdout, process.stderr),
    stdin: process.stdin,
    stdout: process.stdout,
    signal: interrupt.signal,
  });
}

/** Runs one command. Every failure that the user can mend ends as one line, one fix and an exit code of 01 §3. */
export async function runCommand(argv: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [name = 'help', ...rest] = argv.map((argument, index) => (index === 0 ? commandName(argument) : argument));
  try {
    const entry = Object.hasOwn(context.commands, name) ? context.commands[name] : undefined;
    if (entry === undefined)
      throw new CliError(exitCode.usage, `there is no command "${name}".`, { fix: 'fairlead help' });
    const { command } = await entry.load();
    if (optionsOf(rest).includes('--help')) {
      context.output.line(command.help);
      return exitCode.ok;
    }
    return await command.run(rest, context);
  } catch (error) {
    return report(error, { name, isJson: optionsOf(rest).includes('--json'), context });
  }
}

function commandName(argument: string): string {
  if (argument === '--version' || argument === '-v') return 'version';
  return argument === '--help' || argument === '-h' ? 'help' : argument;
}

/** The arguments before `--`: what follows it is nobody's option. */
function optionsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end === -1 ? argv : argv.slice(0, end);
}

interface Failed {
  readonly name: string;
  readonly isJson: boolean;
  readonly context: CommandContext;
}

function report(error: unknown, { name, isJson, context }: Failed): ExitCode {
  if (context.signal.aborted) return exitCode.interrupted;
  const failure = toCliError(error, name);
  if (isJson) {
    context.output.json({ error: { exitCode: failure.exitCode, message: failure.message, fix: failure.fix } });
  } else {
    context.output.note(`fairlead: ${failure.message}\n  fix: ${failure.fix}`);
  }
  return failure.exitCode;
}

/** What `node:util` says of a wrong option is a use error like any other; a bug of ours keeps its stack. */
function toCliError(error: unknown, name: string): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
    const [sentence = error.message] = error.message.split('. ');
    return new CliError(exitCode.usage, `${sentence.replace(/\.$/, '')}.`, {
      fix: `fairlead help ${name}`,
      cause: error,
    });
  }
  throw error;
}
