/** What a thrower may say beside the code. */
export interface ServiceErrorOptions {
  /** For us: what was being done, with names. Never shown to the caller. Absent: the public message. */
  readonly message?: string;
  /** For the caller: what went wrong and what to do. Holds nothing of the inside. */
  readonly publicMessage: string;
  /** What to do, as one sentence, when it is not part of the public message. */
  readonly fix?: string;
  /** Small facts that a program may use: a field path, a bound, `retryAfterMs`. Shown to the caller. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  /** Overrides the class's default. */
  readonly retryable?: boolean;
}

/** Lets `ServiceError.is` hold over two copies of this package in one process. */
const brand: unique symbol = Symbol.for('fairlead.service-error');

/**
 * The base of every error that a caller may see. `code` is `AREA_REASON` from a registry; `status` is for plain HTTP.
 * Throw a subclass.
 */
export class ServiceError extends Error {
  readonly [brand] = true;
  readonly code: string;
  readonly status: number;
  readonly publicMessage: string;
  readonly fix: string | undefined;
  readonly retryable: boolean;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(kind: { status: number; retryable: boolean }, code: string, options: ServiceErrorOptions) {
    super(options.message ?? options.publicMessage, options.cause === undefined ? {} : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.status = kind.status;
    this.retryable = options.retryable ?? kind.retryable;
    this.publicMessage = options.publicMessage;
    this.fix = options.fix;
    this.details = options.details ?? {};
  }

  /** Whether a caught value is one of ours. */
  static is(error: unknown): error is ServiceError {
    return typeof error === 'object' && error !== null && brand in error;
  }
}
