import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { AdminApi } from '../api/admin-api.ts';

const serverList = z.looseObject({ servers: z.array(z.looseObject({ name: z.string(), state: z.string() })) });
const pollMs = 100;
const withinMs = 30_000;

/**
 * Waits until the gateway has found the tools of these servers.
 *
 * @returns names of the servers that it has not found within 30 seconds.
 */
export async function waitForCatalog(
  api: AdminApi,
  names: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const { servers } = serverList.parse(await api.send('GET', '/servers'));
    const missing = names.filter((name) => !servers.some((server) => server.name === name && server.state === 'up'));
    if (missing.length === 0 || performance.now() > endMs) return missing;
    await delay(pollMs, undefined, { signal });
  }
}
