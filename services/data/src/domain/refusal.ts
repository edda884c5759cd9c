/** Codes that a decision of this service can refuse with; the service's error registry says what each means. */
export type RefusalCode =
  | 'SQL_SYNTAX'
  | 'SQL_NOT_READ_ONLY'
  | 'SQL_MULTIPLE_STATEMENTS'
  | 'SQL_FUNCTION_DENIED'
  | 'SQL_OBJECT_DENIED'
  | 'SQL_TOO_COMPLEX'
  | 'SQL_TOO_EXPENSIVE'
  | 'FILE_NOT_FOUND'
  | 'FILE_BINARY'
  | 'FILE_NOT_REGULAR'
  | 'FILE_PATTERN_INVALID';

/**
 * A decision against the caller's input. `message` is for the caller: it says what was refused and what would be
 * allowed, and holds only what the caller wrote or may know (06 §1 R1).
 */
export class Refusal extends Error {
  readonly code: RefusalCode;
  /** Small facts for a program: a position, a cost, a mime type. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: RefusalCode, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.details = details;
  }
}
