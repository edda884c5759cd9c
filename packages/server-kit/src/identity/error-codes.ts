import { defineErrorCodes } from '../runtime/errors/error-code-table.ts';

/** Error codes of identity. */
export const identityErrorCodes = defineErrorCodes({
  AUTH_REQUIRED: {
    status: 401,
    retryable: false,
    docs: 'The request carries no credential, or the server accepts none.',
  },
  AUTH_INVALID: {
    status: 401,
    retryable: false,
    docs: 'The credential is unknown, revoked, malformed, or not for this server.',
  },
  AUTH_EXPIRED: { status: 401, retryable: false, docs: 'The credential was valid and has ended.' },
  AUTH_AMBIGUOUS: {
    status: 400,
    retryable: false,
    docs: 'The request carries two credentials, or a credential header twice.',
  },
  AUTH_NO_ROLE: {
    status: 403,
    retryable: false,
    docs: 'The caller is known, and none of its roles gives a permission here.',
  },
  AUTH_UNAVAILABLE: {
    status: 503,
    retryable: true,
    docs: 'The keys of the token issuer cannot be read, so the token cannot be checked.',
  },
  SECRET_WEAK: {
    status: 500,
    retryable: false,
    docs: 'A secret is shorter than 32 bytes or has no variety. The process does not start.',
  },
  HOP_KEY_INVALID: {
    status: 500,
    retryable: false,
    docs: 'The key of the gateway tokens is not an Ed25519 private key in PEM form. The gateway does not start.',
  },
  KEY_FILE_INVALID: { status: 500, retryable: false, docs: 'The key file is not JSON, or a field of it is wrong.' },
  KEY_FILE_LOCKED: {
    status: 503,
    retryable: true,
    docs: 'Another process held the lock of the key file for too long.',
  },
  KEY_NOT_FOUND: { status: 404, retryable: false, docs: 'No API key has this id.' },
  IDENTITY_INVALID: {
    status: 500,
    retryable: false,
    docs: 'The identity file or section is not YAML, or a field of it is wrong. The process does not start.',
  },
});
