import { principalKey } from '@fairlead/server-kit/identity';
import type { RequestCall } from './call.ts';
import type { Departure } from './departure.ts';

/** Who may take a held call up again, and with what: the same caller, for the same item, with the same arguments (03 M2). */
export function heldCallBinding({ principal, message }: RequestCall, { outgoing }: Departure): string {
  const { server, name, argsDigest } = outgoing;
  return JSON.stringify(['held call', principalKey(principal), server.name, message.method, name, argsDigest]);
}
