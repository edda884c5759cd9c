import { ConfigError, createRedactor, ServiceError } from '@fairlead/server-kit/runtime';

/** One line per mistake, each with its mend; a stack only for a bug of ours. */
export function startFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.problems.map((line) => `fairlead-gateway: ${line}`).join('\n');
  if (ServiceError.is(error)) return `fairlead-gateway: ${error.publicMessage}`;
  return `fairlead-gateway: ${createRedactor()(error instanceof Error ? (error.stack ?? error.message) : String(error))}`;
}
