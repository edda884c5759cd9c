import type { ServerResponse } from 'node:http';
import { errorResponse, type DoorRefusal, type JsonRpcId } from '@fairlead/server-kit/mcp';

/** Refuses a whole HTTP request. `id` is that of the JSON-RPC request, when one was read. */
export function sendRefusal(response: ServerResponse, refusal: DoorRefusal, id: JsonRpcId | null = null): void {
  if (response.headersSent) return;
  const body = JSON.stringify(errorResponse(id, refusal));
  response.writeHead(refusal.status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    ...refusal.headers,
  });
  response.end(body);
}
