import { isPortTaken } from '../up/fleet-ports.ts';
import { fail, ok, type CheckResult } from './check-result.ts';
import { findPortOwner } from './port-owner.ts';

/** Whether a port that the fleet would use is free; names who has it where the system tells. */
export async function checkPort(user: string, port: number): Promise<CheckResult> {
  const name = `port ${port}`;
  if (!(await isPortTaken(port))) return ok(name, `free for ${user}`);
  const owner = findPortOwner(port);
  if (owner === undefined) return fail(name, `wanted by ${user}, in use`, 'npm start -- --port 0');
  return fail(
    name,
    `wanted by ${user}, in use by process ${owner.pid} (${owner.command})`,
    `kill ${owner.pid}, or npm start -- --port 0`,
  );
}
