import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { RequestCancellation } from '../call/cancellation.ts';
import type { ToolExecutor } from '../call/tool-executor.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Logger } from '../runtime/logger.ts';
import { MultiplexTransport } from './multiplex-transport.ts';
import { envelopeKeys, MODERN_VERSION } from './protocol.ts';
import { createSdkServer } from './sdk-server.ts';
import type { Surface } from './surface.ts';

/** What the legs are built from. */
export interface LegOptions {
  readonly surface: Surface;
  readonly executor: ToolExecutor;
  readonly clock: Clock;
  readonly log: Logger;
}

/** One SDK server object for all clients of an era, behind its multiplexing transport. */
export interface SharedLeg {
  readonly transport: MultiplexTransport;
  close(): Promise<void>;
}

/**
 * Starts the modern leg. `serveStdio` is the SDK's public way to a long-lived object of this era; our own
 * `server/discover` is its first message and binds the object to the revision (03 §2.1).
 */
export async function startModernLeg(options: LegOptions): Promise<SharedLeg> {
  const transport = new MultiplexTransport();
  const server = createSdkServer({
    ...options,
    era: 'modern',
    bind: (context) => transport.bindingOf(context.mcpReq.id),
  });
  const handle = serveStdio(() => server, {
    transport,
    legacy: 'reject',
    onerror: (error) => options.log.debug({ err: error }, 'sdk.reported'),
  });
  await transport.call(
    {
      jsonrpc: '2.0',
      id: 0,
      method: 'server/discover',
      params: {
        _meta: {
          [envelopeKeys.protocolVersion]: MODERN_VERSION,
          [envelopeKeys.clientCapabilities]: {},
          [envelopeKeys.clientInfo]: { name: 'fairlead-endpoint', version: '1' },
        },
      },
    },
    {
      binding: {
        principal: { sub: 'endpoint', roles: [], allow: [], deny: [], via: 'local' },
        traceId: '0'.repeat(32),
        log: options.log,
      },
      sink: () => undefined,
      cancellation: new RequestCancellation(),
    },
  );
  return { transport, close: () => handle.close() };
}

/** Starts the leg for legacy clients without a session. Its object never sees an `initialize`, so no client's facts stay in it. */
export async function startStatelessLeg(options: LegOptions): Promise<SharedLeg> {
  const transport = new MultiplexTransport();
  const server = createSdkServer({
    ...options,
    era: 'legacy',
    bind: (context) => transport.bindingOf(context.mcpReq.id),
  });
  await server.connect(transport);
  return { transport, close: () => server.close() };
}
