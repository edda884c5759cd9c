import { defineErrorCodes } from '@fairlead/server-kit/runtime';

/** Error codes of the parts that tests and the local fleet start. */
export const errorCodes = defineErrorCodes({
  WAIT_EXPIRED: { status: 504, retryable: true, docs: 'A condition that was waited for did not come true in time.' },
  PART_START_FAILED: { status: 503, retryable: true, docs: 'A part ended or stayed silent before it was ready.' },
  PART_MISSING: { status: 503, retryable: false, docs: 'A program that a part needs is not on this machine.' },
  PART_FOLDER_IN_USE: { status: 409, retryable: true, docs: 'Another running process holds the folder of the part.' },
  PART_FOLDER_UNUSABLE: { status: 409, retryable: false, docs: 'The folder of the part is incomplete or not ours.' },
});
