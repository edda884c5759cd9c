import { ServiceError, type ServiceErrorOptions } from './service-error.ts';

/** The input breaks a rule that the caller can see and mend. */
export class InvalidInput extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 400, retryable: false }, code, options);
  }
}

/** No credential, or one that does not verify. */
export class Unauthenticated extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 401, retryable: false }, code, options);
  }
}

/** The caller is known and may not do this. */
export class PermissionDenied extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 403, retryable: false }, code, options);
  }
}

/** Not there, or not for this caller: one answer for both. */
export class NotFound extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 404, retryable: false }, code, options);
  }
}

/** The thing is in another state than the caller thinks. */
export class Conflict extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 409, retryable: false }, code, options);
  }
}

/** Too many calls; `details.retryAfterMs` says how long to wait. */
export class RateLimited extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 429, retryable: true }, code, options);
  }
}

/** A part or an outside system does not answer, or is not configured. */
export class Unavailable extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 503, retryable: true }, code, options);
  }
}

/** A time limit passed. */
export class Timeout extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 504, retryable: true }, code, options);
  }
}

/** Our own bug. */
export class Internal extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 500, retryable: false }, code, options);
  }
}
