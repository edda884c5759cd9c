import { ServiceError } from './service-error.ts';

const causesMax = 5;

/** An error as the log shows it. */
export interface ErrorRecord {
  readonly type: string;
  readonly code?: string;
  readonly message: string;
  readonly stack?: string;
  readonly cause?: ErrorRecord;
}

/** Describes a caught value for the log: type, code, message, stack and up to five causes. */
export function describeError(error: unknown): ErrorRecord {
  return describe(error, 0);
}

function describe(error: unknown, depth: number): ErrorRecord {
  if (!(error instanceof Error) && !ServiceError.is(error)) return { type: typeof error, message: textOf(error) };
  const code = codeOf(error);
  return {
    type: error.name,
    ...(code === undefined ? {} : { code }),
    message: error.message,
    ...(error.stack === undefined ? {} : { stack: error.stack }),
    ...(error.cause === undefined || depth >= causesMax ? {} : { cause: describe(error.cause, depth + 1) }),
  };
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
}
