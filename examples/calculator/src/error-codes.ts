import { defineErrorCodes } from '@fairlead/server-kit/runtime';

/** Error codes of this server's own. */
export const errorCodes = defineErrorCodes({
  CALC_SYNTAX: {
    status: 400,
    retryable: false,
    docs: 'The expression cannot be read, or names something that is neither a variable nor a function.',
  },
  CALC_NOT_FINITE: {
    status: 400,
    retryable: false,
    docs: 'The expression has no finite result: a division by zero, an overflow, a root of a negative number.',
  },
});
