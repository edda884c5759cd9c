import { defineErrorCodes } from '@fairlead/server-kit/runtime';

/** Error codes of the doubles. */
export const errorCodes = defineErrorCodes({
  DOUBLE_REFUSED: {
    status: 502,
    retryable: false,
    docs: 'A double refused a request by which it is seeded or looked into.',
  },
});
