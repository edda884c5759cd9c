import { defineErrorCodes } from '@fairlead/server-kit/runtime';

/** Error codes of this service's own; those of outside systems in general (`UPSTREAM_...`) belong to the kit. */
export const errorCodes = defineErrorCodes({
  REPO_NOT_FOUND: {
    status: 404,
    retryable: false,
    docs: 'The repository, or the thing asked of it, is missing or not on the list of this server: one answer for both.',
  },
  REPO_WRITE_DENIED: {
    status: 403,
    retryable: false,
    docs: 'The repository may be read and not changed; the answer names those that may be changed.',
  },
  SLACK_CHANNEL_DENIED: {
    status: 403,
    retryable: false,
    docs: 'The channel may not be posted to; the answer names those that may.',
  },
});
