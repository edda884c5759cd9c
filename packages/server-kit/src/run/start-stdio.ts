import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { IdempotencyStore } from '../call/idempotency-store.ts';
import { SpentStates } from '../call/spent-states.ts';
import { ToolExecutor } from '../call/tool-executor.ts';
import type { ServiceDefinition } from '../define/service.ts';
import { localPrincipal } from '../identity/local-principal.ts';
import type { ChangeEvent } from '../mcp/listen-hub.ts';
import { createSdkServer } from '../mcp/sdk-server.ts';
import { notifyClient } from '../mcp/notify-client.ts';
import { systemClock } from '../runtime/clock.ts';
import type { ConfigDefinition } from '../runtime/config.ts';
import { createMetrics } from '../runtime/metrics.ts';
import { createSealer } from '../runtime/sealer.ts';
import { newTraceId } from '../runtime/tracing/trace-id.ts';
import { ChangeRelay } from './change-relay.ts';
import { loadSurface } from './load-surface.ts';
import type { StartOptions } from './start-service.ts';

const FINISH_MS = 1_000;
const IDLE_POLL_MS = 25;
const STOP_MS = 700;

/**
 * Serves MCP over standard input and output, in both eras, to the owner of the process (03 P-18). Nothing but MCP is
 * written to standard output. The process ends within two seconds of the end of its input.
 */
export async function startStdio<Deps, Settings extends ConfigDefinition>(
  service: ServiceDefinition<Deps, Settings>,
  options: StartOptions<Settings>,
): Promise<void> {
  const { config, log, lifecycle, raw, clock = systemClock } = options;
  const changes = new ChangeRelay();
  const metrics = createMetrics({ name: service.name });
  const { deps } = await service.setup({ config, log, metrics, clock, lifecycle, changes });
  const surface = await loadSurface(service, { deps, settings: config, raw });
  const sealer = createSealer({
    masterKey: config.SEAL_KEY === undefined ? randomBytes(32) : Buffer.from(config.SEAL_KEY.reveal()),
    purpose: 'cursor',
    clock,
  });
  const idempotency = new IdempotencyStore({ clock, serviceName: service.name });
  const executor = new ToolExecutor({
    clock,
    log,
    sealer,
    spent: new SpentStates(clock),
    idempotency,
    textMode: config.FAIRLEAD_TEXT,
  });
  const principal = localPrincipal();
  const clients: { server: McpServer; subscriptions: Set<string> | undefined }[] = [];
  const input = new PassThrough();
  process.stdin.pipe(input, { end: false });
  const handle = serveStdio(
    ({ era }) => {
      const subscriptions = era === 'legacy' ? new Set<string>() : undefined;
      const server = createSdkServer({
        surface,
        executor,
        era,
        bind: () => ({ principal, traceId: newTraceId(), log }),
        ...(subscriptions !== undefined && { subscriptions }),
      });
      clients.push({ server, subscriptions });
      return server;
    },
    { transport: new StdioServerTransport(input), onerror: (error) => log.debug({ err: error }, 'sdk.reported') },
  );
  lifecycle.onStop('stdio', () => handle.close());
  changes.attach({
    publish: (event: ChangeEvent) =>
      clients.forEach((client) => void notifyClient(client, event).catch(() => undefined)),
  });
  process.stdin.once('end', () => {
    whenIdle(executor, FINISH_MS, () => {
      input.end();
      void lifecycle.stop('end of input', STOP_MS).then(() => process.exit(0));
    });
  });
}

/**
 * Runs `action` when no call is open any more, at the latest after `withinMs`: a caller that pipes one call in and closes
 * still gets its answer. The first look waits a moment, because the last line may not have been read yet.
 */
function whenIdle(executor: ToolExecutor, withinMs: number, action: () => void): void {
  const endMs = performance.now() + withinMs;
  const timer = setInterval(() => {
    if (executor.openCount > 0 && performance.now() < endMs) return;
    clearInterval(timer);
    action();
  }, IDLE_POLL_MS);
}
