import { defineErrorCodes } from '@fairlead/server-kit/runtime';

/** Error codes of `fairlead bridge`. Each stands at the beginning of a JSON-RPC error's text. */
export const errorCodes = defineErrorCodes({
  BRIDGE_SERVER_ENDED: {
    status: 200,
    retryable: false,
    docs: 'The stdio server ended while the call was open; whether the call took effect is not known.',
  },
  BRIDGE_SERVER_DOWN: { status: 503, retryable: true, docs: 'The stdio server does not run; it is started again.' },
  BRIDGE_SESSIONS_FULL: { status: 503, retryable: true, docs: 'As many sessions as the bridge allows are open.' },
  BRIDGE_BUSY: {
    status: 503,
    retryable: true,
    docs: 'The stdio server has more open calls, or unread bytes, than allowed.',
  },
  BRIDGE_ANSWER_TOO_LARGE: { status: 200, retryable: false, docs: 'The stdio server wrote a line above 32 MiB.' },
  BRIDGE_NEEDS_SESSION: {
    status: 400,
    retryable: false,
    docs: 'The method changes what the server keeps for one client, and the request named no session.',
  },
});
