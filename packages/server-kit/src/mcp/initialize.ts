import { rpcCode } from '../call/rpc-error.ts';
import { isRecord, type JsonRpcRequest, type JsonRpcResponse } from './json-rpc.ts';
import { LEGACY_VERSIONS } from './protocol.ts';
import type { Surface } from './surface.ts';

/**
 * Answers `initialize` where no session is kept: the asked version if we speak it, else our newest (03 E2). Change
 * notices are not offered, since nothing could carry them.
 */
export function answerInitialize(message: JsonRpcRequest, surface: Surface): JsonRpcResponse {
  const asked = message.params?.['protocolVersion'];
  if (typeof asked !== 'string' || !isRecord(message.params?.['capabilities'])) {
    return {
      jsonrpc: '2.0',
      id: message.id,
      error: {
        code: rpcCode.invalidParams,
        message: 'Invalid params: initialize needs protocolVersion and capabilities',
      },
    };
  }
  const { tools, resources, prompts, completions } = surface.capabilities;
  return {
    jsonrpc: '2.0',
    id: message.id,
    result: {
      protocolVersion: LEGACY_VERSIONS.includes(asked) ? asked : LEGACY_VERSIONS[0],
      capabilities: {
        ...(tools !== undefined && { tools: {} }),
        ...(resources !== undefined && { resources: {} }),
        ...(prompts !== undefined && { prompts: {} }),
        ...(completions !== undefined && { completions: {} }),
      },
      serverInfo: surface.serverInfo,
      instructions: surface.instructions,
    },
  };
}
