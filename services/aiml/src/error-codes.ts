import { defineErrorCodes } from '@fairlead/server-kit/runtime';

/** Error codes of this service's own. */
export const errorCodes = defineErrorCodes({
  AIML_COLLECTION_NOT_FOUND: {
    status: 404,
    retryable: false,
    docs: 'There is no such collection, or not for this caller: one answer for both. The answer names those that the caller may read.',
  },
  AIML_COLLECTION_CONFLICT: {
    status: 409,
    retryable: false,
    docs: 'A collection of this name exists and differs from the one that was asked for.',
  },
  AIML_SHARED_DENIED: {
    status: 403,
    retryable: false,
    docs: 'A shared collection is made and written by its own tenant, with the permission aiml:admin.',
  },
  AIML_FILTER_INVALID: {
    status: 400,
    retryable: false,
    docs: 'The filter breaks a rule; the answer names the place in it and the declared fields.',
  },
  AIML_JOB_NOT_FOUND: {
    status: 404,
    retryable: false,
    docs: 'There is no such indexing job, or not for this caller: one answer for both.',
  },
  AIML_SYNC_TOO_LARGE: {
    status: 409,
    retryable: false,
    docs: 'A sync would delete over a fifth of a source and was not told to.',
  },
  AIML_STORE_FULL: {
    status: 507,
    retryable: false,
    docs: 'The collection is at its limit of chunks, or the store has no room left.',
  },
  AIML_STORE_UNAVAILABLE: {
    status: 503,
    retryable: true,
    docs: 'The store does not answer.',
  },
  AIML_UNSUPPORTED_TYPE: {
    status: 415,
    retryable: false,
    docs: 'The document is of a type that cannot be indexed; the answer says what it looks like.',
  },
  AIML_DOCUMENT_NOT_FOUND: {
    status: 404,
    retryable: false,
    docs: 'A document of a job is not there, or lies outside the document roots: one answer for both. Shown in the errors of a job.',
  },
  AIML_DOCUMENT_TOO_LARGE: {
    status: 413,
    retryable: false,
    docs: 'A document of a job is over AIML_DOCUMENT_MAX_BYTES. Shown in the errors of a job.',
  },
  AIML_DOCUMENT_FAILED: {
    status: 422,
    retryable: false,
    docs: 'Preparing a document of a job took over 30 s or 512 MiB. Shown in the errors of a job.',
  },
});
