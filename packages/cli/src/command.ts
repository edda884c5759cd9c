import type { Readable, Writable } from 'node:stream';
import type { ExitCode } from './exit-code.ts';

/** Where a command writes. Answers go to standard output, all else to standard error. */
export interface Output {
  /** Writes one line of the answer. */
  readonly line: (text: string) => void;
  /** Writes a value as one JSON document, indented by two. */
  readonly json: (value: unknown) => void;
  /** Writes one line that is not part of the answer. */
  readonly note: (text: string) => void;
}

/** How a command is listed, and how it is loaded when it is called. */
export interface CommandEntry {
  readonly summary: string;
  load(): Promise<{ readonly command: Command }>;
}

/** What a command may know of the process that it runs in. */
export interface CommandContext {
  /** All commands, in the order in which help lists them. */
  readonly commands: Readonly<Record<string, CommandEntry>>;
  readonly env: Readonly<NodeJS.ProcessEnv>;
  readonly cwd: string;
  /** Folder of the repository, from which services are started and examples are copied. */
  readonly root: string;
  readonly home: string;
  readonly output: Output;
  readonly stdin: Readable;
  readonly stdout: Writable;
  /** Aborted by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** One command. Each lives in a file of its own, loaded only when it is called. */
export interface Command {
  /** What `fairlead help <command>` shows: the forms of the command, then its options. */
  readonly help: string;
  /** Runs with the arguments that follow the command's name. */
  run(argv: readonly string[], context: CommandContext): Promise<ExitCode>;
}

/** Options that every command has. */
export const commonOptions = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** Options of every command that talks to a fleet. */
export const fleetOptions = {
  ...commonOptions,
  fleet: { type: 'string' },
  as: { type: 'string' },
  key: { type: 'string' },
} as const;
