import type { ExitCode } from './exit-code.ts';

/** A failure that the user can mend: one line with the cause and one command that fixes it. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  /** One command, or one short sentence where no command can help. */
  readonly fix: string;

  constructor(exitCode: ExitCode, message: string, options: { readonly fix: string; readonly cause?: unknown }) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'CliError';
    this.exitCode = exitCode;
    this.fix = options.fix;
  }
}
