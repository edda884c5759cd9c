import {
  errorResponse,
  rpcCode,
  type DoorRefusal,
  type JsonRpcErrorBody,
  type JsonRpcId,
} from '@fairlead/server-kit/mcp';

/** JSON-RPC code for "the server behind does not answer" (03 §4). */
const serverDown = -31_007;

const endedMend = 'It may have run: look before you call again.';

/** The JSON-RPC errors that the bridge gives in the place of the server: each begins with its code and ends with the mend. */
export const bridgeErrors = {
  ended: (reason: string): JsonRpcErrorBody => ({
    code: serverDown,
    message: `BRIDGE_SERVER_ENDED: the server ended (${reason}) while this call was open. ${endedMend}`,
  }),
  stopping: (): JsonRpcErrorBody => ({
    code: rpcCode.draining,
    message: `SHUTTING_DOWN: the bridge stopped while this call was open. ${endedMend}`,
  }),
  tooLarge: (bytes: number): JsonRpcErrorBody => ({
    code: serverDown,
    message: `BRIDGE_ANSWER_TOO_LARGE: the server answered ${bytes} bytes; 33554432 are allowed. Ask for less.`,
  }),
} as const;

/** Refusals of a whole request before it reached the server: it did not run, and may be sent again. */
export const bridgeRefusals = {
  down: (reason: string): DoorRefusal => ({
    status: 503,
    code: serverDown,
    message: `BRIDGE_SERVER_DOWN: the server does not run (${reason}); it is started again. Try again.`,
    headers: { 'retry-after': '1' },
  }),
  full: (count: number): DoorRefusal => ({
    status: 503,
    code: rpcCode.limited,
    message: `BRIDGE_SESSIONS_FULL: ${count} sessions are open, as many as --max-sessions allows. End one, or try again later.`,
    headers: { 'retry-after': '30' },
  }),
  busy: (): DoorRefusal => ({
    status: 503,
    code: rpcCode.limited,
    message: 'BRIDGE_BUSY: the server has too many open calls. Try again.',
    headers: { 'retry-after': '1' },
  }),
} as const;

/** The refusal of a method that only a session may use. */
export function needsSession(method: string): DoorRefusal {
  return {
    status: 400,
    code: rpcCode.invalidRequest,
    message: `BRIDGE_NEEDS_SESSION: ${method} needs a session. Send initialize first, and its Mcp-Session-Id afterwards.`,
  };
}

/** An error as the text of an answer. */
export function toErrorText(id: JsonRpcId, error: JsonRpcErrorBody): string {
  return JSON.stringify(errorResponse(id, error));
}
