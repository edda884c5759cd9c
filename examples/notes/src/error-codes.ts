import { defineErrorCodes } from '@fairlead/server-kit/runtime';

/** Error codes of this server's own. */
export const errorCodes = defineErrorCodes({
  NOTE_NOT_FOUND: { status: 404, retryable: false, docs: 'The note is missing or belongs to somebody else.' },
  NOTE_CONFLICT: {
    status: 409,
    retryable: false,
    docs: 'The note has another version than the caller expects; the text names the current one.',
  },
  NOTES_FULL: { status: 409, retryable: false, docs: 'No more notes can be kept; delete some.' },
});
