import { destination as openDestination, pino, stdTimeFunctions } from 'pino';
import type { DestinationStream, Logger as PinoLogger } from 'pino';
import { describeError } from './errors/describe-error.ts';
import { createLineRedactor } from './line-redactor.ts';
import { createRedactor, type Redactor } from './redactor.ts';

/** Structured log: `log.info({ tool: name }, 'tool.called')`. Messages are a noun and a past action. */
export type Logger = PinoLogger;

/** Least important lines that are written; `silent` writes none. */
export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

/** How a logger is made. */
export interface LoggerOptions {
  /** Name of the service, in every line. */
  readonly name: string;
  readonly level: LogLevel;
  /** Default: the token forms, without known secrets. */
  readonly redactor?: Redactor;
  /** Default: standard error, because standard output belongs to MCP when a service runs over stdio (03 P-18). */
  readonly destination?: DestinationStream;
}

const bufferBytesMax = 16_777_216;

/**
 * Makes the process's logger: one JSON line each, ISO time, level by name. Every whole line passes the redactor, so
 * what a serialiser forgets is caught. Lines are flushed when the process exits; beyond 16 MiB that a reader does not
 * take, lines are dropped.
 */
export function createLogger({ name, level, redactor, destination }: LoggerOptions): Logger {
  const stream = destination ?? openDestination({ fd: 2, sync: false, maxLength: bufferBytesMax });
  return pino(
    {
      level,
      base: { service: name },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
      hooks: { streamWrite: createLineRedactor(redactor ?? createRedactor()) },
    },
    stream,
  );
}
