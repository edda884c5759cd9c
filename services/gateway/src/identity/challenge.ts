import type { Refusal } from '@fairlead/server-kit/identity';
import { rpcCodes, type RpcRefusal } from '../wire/json-rpc.ts';

/** How a refused credential is answered: the status, and the challenge that says how to come back (04 G-61). */
export function challenge({ status, code, publicMessage, hadCredential }: Refusal): RpcRefusal {
  return {
    status,
    code,
    rpcCode: status === 403 ? rpcCodes.permissionDenied : rpcCodes.unauthenticated,
    message: publicMessage,
    headers: headersFor(status, hadCredential),
  };
}

function headersFor(status: Refusal['status'], hadCredential: boolean): Readonly<Record<string, string>> {
  if (status === 401) return { 'WWW-Authenticate': hadCredential ? 'Bearer error="invalid_token"' : 'Bearer' };
  if (status === 403) return { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' };
  return status === 503 ? { 'Retry-After': '60' } : {};
}
