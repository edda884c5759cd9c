import { hash } from 'node:crypto';
import { ServiceError, type ServiceErrorOptions } from '@fairlead/server-kit/runtime';

/** The entry is another one than the caller read (RFC 9110, 412). */
class PreconditionFailed extends ServiceError {
  constructor(code: string, options: ServiceErrorOptions) {
    super({ status: 412, retryable: false }, code, options);
  }
}

/** The ETag of an entry: a digest of what is shown of it. */
export function entityTag(entry: unknown): string {
  return `"${hash('sha256', JSON.stringify(entry), 'base64url').slice(0, 22)}"`;
}

/**
 * Checks the `If-Match` of a change.
 *
 * @throws PreconditionFailed when the entry has changed since the caller read it.
 */
export function requireMatch(ifMatch: string | undefined, entry: unknown): void {
  if (ifMatch === undefined || ifMatch === '*' || ifMatch === entityTag(entry)) return;
  throw new PreconditionFailed('ADMIN_CHANGED', {
    publicMessage: 'The entry has changed since you read it. Read it again, then repeat the change.',
  });
}
