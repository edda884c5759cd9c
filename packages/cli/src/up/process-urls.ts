import type { ProcessPorts } from './fleet-ports.ts';

/** The addresses of one process of a fleet. */
export interface ProcessUrls {
  /** Base address, without a path. */
  readonly url: string;
  readonly mcp: string;
  readonly ops: string;
}

/**
 * The addresses of a service, or of the gateway.
 *
 * @throws RangeError when the plan has no such process.
 */
export function processUrls(
  name: string,
  { ports }: { readonly ports: ReadonlyMap<string, ProcessPorts> },
): ProcessUrls {
  const planned = ports.get(name);
  if (planned === undefined) throw new RangeError(`no ports were planned for ${name}`);
  const url = `http://127.0.0.1:${planned.mcp}`;
  return { url, mcp: `${url}/mcp`, ops: `http://127.0.0.1:${planned.ops}` };
}
