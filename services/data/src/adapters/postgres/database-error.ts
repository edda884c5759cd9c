import { InvalidInput, ServiceError, Timeout, Unavailable } from '@fairlead/server-kit/runtime';
import { DatabaseError } from 'pg';

const messageCharsMax = 500;

/** What went wrong while a connection was made, as the caller may see it. */
export function connectionError(error: unknown, database: string): unknown {
  if (ServiceError.is(error)) return error;
  if (error instanceof DatabaseError && isAuthFailure(error)) return refusedLogin(error, database);
  return down(error, database);
}

/**
 * What went wrong while a statement ran, as the caller may see it: the server's message, its SQLSTATE and the position
 * in the statement. Details and hints stay inside; they can name what the caller may not read (05 §3). Anything but an
 * error of the database comes back as it is.
 */
export function statementError(error: unknown, database: string): unknown {
  if (isLostConnection(error)) return down(error, database);
  if (!(error instanceof DatabaseError)) return error;
  const sqlState = error.code ?? '';
  if (isAuthFailure(error)) return refusedLogin(error, database);
  if (/^(?:08|53|57P)/.test(sqlState)) return down(error, database);
  if (sqlState === '57014' || sqlState === '55P03') return timedOut(error);
  const options = { publicMessage: publicMessage(error), details: detailsOf(error), cause: error };
  return new InvalidInput(codeFor(sqlState), options);
}

/** Whether a connection cannot be used again after this error (06 S-27). */
export function isFatal(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(?:08|57)/.test(error.code ?? '');
  return isLostConnection(error);
}

function codeFor(sqlState: string): string {
  if (sqlState === '42501') return 'SQL_OBJECT_DENIED';
  if (sqlState === '25006') return 'SQL_NOT_READ_ONLY';
  if (sqlState === '42601') return 'SQL_SYNTAX';
  return sqlState.startsWith('54') ? 'SQL_TOO_COMPLEX' : 'SQL_FAILED';
}

function publicMessage(error: DatabaseError): string {
  // Messages repeat values from rows ("invalid input syntax for type integer: ..."), which may hold hidden characters.
  const message = error.message.replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ').slice(0, messageCharsMax);
  const place = error.position === undefined ? '' : ` at character ${error.position}`;
  return `Postgres refused the statement${place}: ${message} (SQLSTATE ${error.code ?? 'unknown'}).`;
}

function detailsOf(error: DatabaseError): Readonly<Record<string, unknown>> {
  return { sqlState: error.code, ...(error.position !== undefined && { position: Number(error.position) }) };
}

function timedOut(error: DatabaseError): Timeout {
  const isLock = error.code === '55P03';
  return new Timeout('LIMIT_TIMEOUT', {
    publicMessage: isLock
      ? 'The statement waited too long for a lock that another session holds. Nothing was changed.'
      : 'The statement ran longer than the time limit and was ended. Nothing was changed.',
    fix: isLock ? 'Try again later.' : 'Read less: add a WHERE on an indexed column, aggregate less, or drop a join.',
    details: { sqlState: error.code },
    cause: error,
  });
}

function down(cause: unknown, database: string): Unavailable {
  return new Unavailable('UPSTREAM_DOWN', {
    message: `reach database ${database}`,
    publicMessage: `The database "${database}" does not answer. Try again later; other databases and files may still be read.`,
    details: { database },
    cause,
  });
}

function refusedLogin(cause: unknown, database: string): Unavailable {
  return new Unavailable('UPSTREAM_AUTH', {
    message: `log in to database ${database}`,
    publicMessage: `The database "${database}" refuses this server's login. Ask its owner to check the configured role.`,
    details: { database },
    retryable: false,
    cause,
  });
}

function isAuthFailure(error: DatabaseError): boolean {
  return (
    error.code?.startsWith('28') === true ||
    error.code === '3D000' ||
    (error.code === '42501' && error.severity === 'FATAL')
  );
}

/** The driver has no class for a lost connection: a system error, or one of its own fixed texts. */
function isLostConnection(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof DatabaseError) return false;
  if ('syscall' in error || ('code' in error && (error.code === 'EPIPE' || error.code === 'ECONNRESET'))) return true;
  return /^(?:Connection terminated|Client has encountered a connection error|Client was closed)/.test(error.message);
}
