/**
 * Public names of `@fairlead/server-kit/mcp`: the parts of the HTTP door, for a process that serves MCP without the kit's
 * own server object. Adding a line here is adding API.
 */
export { rpcCode } from '../call/rpc-error.ts';
export { readBody, type BodyOutcome } from './body-reader.ts';
export { classify, type Classified } from './classify.ts';
export { guardedHeaders } from './guarded-headers.ts';
export { sseHeaders } from './http-answer.ts';
export { nestsDeeperThan } from './json-depth.ts';
export {
  errorResponse,
  isRecord,
  type JsonRpcErrorBody,
  type JsonRpcId,
  type JsonRpcNotification,
  type JsonRpcRequest,
} from './json-rpc.ts';
export { envelopeKeys, LEGACY_VERSIONS, MODERN_VERSION, type Era } from './protocol.ts';
export type { DoorRefusal } from './send-error.ts';
