import { defineErrorCodes } from '@fairlead/server-kit/runtime';

/** Error codes of the data server, beside those of the kit. */
export const errorCodes = defineErrorCodes({
  DATA_BUSY: {
    status: 429,
    retryable: true,
    docs: 'All connections of a database that the caller may use were busy for five seconds.',
  },
  FILE_BINARY: { status: 400, retryable: false, docs: 'The file is no text; details name its mime type.' },
  FILE_NOT_FOUND: {
    status: 404,
    retryable: false,
    docs: 'No such file, or not below a root, or never readable: one answer for all.',
  },
  FILE_NOT_REGULAR: {
    status: 400,
    retryable: false,
    docs: 'The path is a folder, a pipe, a device, or a file with hard links.',
  },
  FILE_PATTERN_INVALID: { status: 400, retryable: false, docs: 'A glob cannot be read; details name the position.' },
  SQL_FAILED: {
    status: 400,
    retryable: false,
    docs: 'Postgres refused or broke off the statement; details name SQLSTATE and position.',
  },
  SQL_FUNCTION_DENIED: {
    status: 400,
    retryable: false,
    docs: 'The statement calls a function that may have an effect or tells about the server.',
  },
  SQL_MULTIPLE_STATEMENTS: { status: 400, retryable: false, docs: 'The text holds more than one statement.' },
  SQL_NOT_READ_ONLY: {
    status: 400,
    retryable: false,
    docs: 'The statement is, or holds, something other than a plain read.',
  },
  SQL_OBJECT_DENIED: {
    status: 400,
    retryable: false,
    docs: 'The statement names a relation, type, operator or setting that may not be read.',
  },
  SQL_SYNTAX: { status: 400, retryable: false, docs: 'The statement cannot be parsed; details name the position.' },
  SQL_TOO_COMPLEX: { status: 400, retryable: false, docs: 'The statement is too long or nests too deep.' },
  SQL_TOO_EXPENSIVE: {
    status: 400,
    retryable: false,
    docs: "The planner's estimate is above the cap; details name cost and cap.",
  },
});
