import { createLogger, type Logger } from '@fairlead/server-kit/runtime';

/** A log that writes nothing. */
export const silentLog: Logger = createLogger({ name: 'test', level: 'silent' });
