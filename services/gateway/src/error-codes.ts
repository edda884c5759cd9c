import { defineErrorCodes } from '@fairlead/server-kit/runtime';

/** Error codes that only the gateway has. The platform's own are in the kit. */
export const gatewayErrorCodes = defineErrorCodes({
  WIRE_AMBIGUOUS: {
    status: 400,
    retryable: false,
    docs: 'Two readers could see different messages: a doubled or reserved key, or nesting beyond 64 levels. The text names the key and the byte.',
  },
  WIRE_ENVELOPE: {
    status: 400,
    retryable: false,
    docs: 'The `_meta` envelope of a 2026-07-28 request lacks a key or has a wrong one.',
  },
  WIRE_VERSION: {
    status: 400,
    retryable: false,
    docs: 'The protocol version is not served; the data lists those that are.',
  },
  WIRE_HEADER_MISMATCH: {
    status: 400,
    retryable: false,
    docs: 'A header that repeats the body is absent or has another value.',
  },
  ITEM_UNKNOWN: {
    status: 404,
    retryable: false,
    docs: 'No tool, prompt or resource has this name, or not for this caller.',
  },
  METHOD_UNKNOWN: { status: 404, retryable: false, docs: 'The method is not served here, or not for this caller.' },
  BRIDGE_CALL_LOST: {
    status: 410,
    retryable: true,
    docs: 'The call waited for an answer of its client and was given up: too late, or the gateway was restarted.',
  },
  AUDIT_UNAVAILABLE: {
    status: 503,
    retryable: true,
    docs: 'The audit log cannot be written, and no call runs without its record.',
  },
  ADMIN_IDEMPOTENCY_CONFLICT: {
    status: 409,
    retryable: false,
    docs: 'The Idempotency-Key of an admin request was used with another request.',
  },
  ADMIN_CHANGED: { status: 412, retryable: false, docs: 'The entry has changed since the caller read it (If-Match).' },
});
