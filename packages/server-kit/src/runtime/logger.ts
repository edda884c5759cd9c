import type { Logger as PinoLogger } from 'pino';

/** Structured log: `log.info({ tool: name }, 'tool.called')`. Messages are a noun and a past action. */
export type Logger = PinoLogger;
