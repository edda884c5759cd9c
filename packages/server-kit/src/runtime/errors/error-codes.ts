import { defineErrorCodes } from './error-code-table.ts';

/** The error codes of the platform itself. A service declares its own beside these; the names here are taken. */
export const coreErrorCodes = defineErrorCodes({
  INPUT_INVALID: {
    status: 400,
    retryable: false,
    docs: 'The input breaks a rule of the schema; the text names the field and the rule.',
  },
  DATA_IDEMPOTENCY_CONFLICT: {
    status: 409,
    retryable: false,
    docs: 'The idempotency key was used by the data server with other arguments.',
  },
  DEVOPS_IDEMPOTENCY_CONFLICT: {
    status: 409,
    retryable: false,
    docs: 'The idempotency key was used by the devops server with other arguments.',
  },
  AIML_IDEMPOTENCY_CONFLICT: {
    status: 409,
    retryable: false,
    docs: 'The idempotency key was used by the aiml server with other arguments.',
  },
  CONFIG_MISSING: {
    status: 503,
    retryable: false,
    docs: 'A system or a list of targets is not set up; the text names the setting.',
  },
  CONFIG_INVALID: {
    status: 503,
    retryable: false,
    docs: 'A setting or a config file cannot be used; the text names the field.',
  },
  TOOL_OUTPUT_INVALID: {
    status: 500,
    retryable: false,
    docs: 'A tool answered something that its own schema refuses: our bug.',
  },
  INTERNAL: { status: 500, retryable: false, docs: 'Something failed on our side; the trace id finds it in the log.' },
  CALLER_CANNOT_ANSWER: {
    status: 400,
    retryable: false,
    docs: 'The tool has to ask a person, and the client has no way to ask one.',
  },
  CALL_CANCELLED: { status: 499, retryable: false, docs: 'The caller cancelled the call or went away.' },
  CALL_IN_PROGRESS: { status: 409, retryable: true, docs: 'A call with the same idempotency key is still running.' },
  LIMIT_TIMEOUT: {
    status: 504,
    retryable: true,
    docs: 'The time limit of the call passed; the text says whether anything changed.',
  },
  LIMIT_RATE: {
    status: 429,
    retryable: true,
    docs: 'Too many calls of this tool or by this caller; `retryAfterMs` says how long to wait.',
  },
  LIMIT_DOOR: { status: 429, retryable: true, docs: 'Too many requests with this key or from this address.' },
  LIMIT_CONCURRENCY: {
    status: 429,
    retryable: true,
    docs: 'Too many calls at the same time; wait until one of them ends.',
  },
  UPSTREAM_DOWN: { status: 503, retryable: true, docs: 'An outside system did not accept a connection.' },
  UPSTREAM_TIMEOUT: { status: 504, retryable: true, docs: 'An outside system did not answer in time.' },
  UPSTREAM_RATE_LIMITED: {
    status: 429,
    retryable: true,
    docs: 'An outside system refused the call because of its own rate limit.',
  },
  UPSTREAM_AUTH: {
    status: 502,
    retryable: false,
    docs: 'An outside system refused the credential that we are set up with.',
  },
  UPSTREAM_REFUSED: {
    status: 502,
    retryable: false,
    docs: 'An outside system refused the call; the text holds its short reason.',
  },
  UPSTREAM_INVALID: { status: 502, retryable: true, docs: 'An outside system answered something that cannot be read.' },
  EGRESS_DENIED: { status: 403, retryable: false, docs: 'The URL, its address or a redirect is not allowed.' },
  AUTH_REQUIRED: { status: 401, retryable: false, docs: 'The request carries no credential.' },
  AUTH_INVALID: {
    status: 401,
    retryable: false,
    docs: 'The credential is unknown, altered, revoked or not for this service.',
  },
  AUTH_EXPIRED: { status: 401, retryable: false, docs: 'The credential was good and has ended; get a new one.' },
  AUTH_AMBIGUOUS: { status: 400, retryable: false, docs: 'The request carries more than one credential; send one.' },
  AUTH_NO_ROLE: { status: 403, retryable: false, docs: 'The caller is known, but no role is mapped to it.' },
  AUTH_DENIED: { status: 403, retryable: false, docs: 'The caller has no permission for this.' },
  WIRE_TOO_LARGE: { status: 413, retryable: false, docs: 'The request body is larger than the limit.' },
  WIRE_HOST_DENIED: {
    status: 403,
    retryable: false,
    docs: 'The Host header names no host of this process (ALLOWED_HOSTS).',
  },
  WIRE_ORIGIN_DENIED: {
    status: 403,
    retryable: false,
    docs: 'The Origin header names no allowed web origin (ALLOWED_ORIGINS).',
  },
  WIRE_TYPE: { status: 415, retryable: false, docs: 'The content type is not accepted; send application/json.' },
  WIRE_NOT_ACCEPTABLE: {
    status: 406,
    retryable: false,
    docs: 'The Accept header allows neither JSON nor an event stream.',
  },
  WIRE_METHOD: {
    status: 405,
    retryable: false,
    docs: 'The HTTP method is not served here; the Allow header names those that are.',
  },
  WIRE_INVALID: { status: 400, retryable: false, docs: 'The request is not the JSON that this endpoint reads.' },
  NOT_FOUND: { status: 404, retryable: false, docs: 'There is nothing at this path, or not for this caller.' },
  SESSION_LIMIT: { status: 503, retryable: true, docs: 'Too many open sessions; try again when one has ended.' },
  SHUTTING_DOWN: { status: 503, retryable: true, docs: 'The process is stopping and takes no new calls; try again.' },
});
