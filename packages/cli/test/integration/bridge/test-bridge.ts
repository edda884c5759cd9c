import { fileURLToPath } from 'node:url';
import { createLifecycle, createLogger, systemClock, type Clock } from '@fairlead/server-kit/runtime';
import { createBearerGuard } from '../../../src/bridge/bearer-guard.ts';
import type { BridgeOptions } from '../../../src/bridge/bridge-options.ts';
import { startBridge } from '../../../src/bridge/start-bridge.ts';

/** A bridge that listens, in this process. */
export interface TestBridge extends AsyncDisposable {
  readonly mcpUrl: string;
  readonly opsUrl: string;
  /** What it logged, as text. */
  readonly log: () => string;
}

/** The source of a server of `test/fixtures/`. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../fixtures/${name}.ts`, import.meta.url));
}

/** Starts a bridge in front of a fixture; `args` go to the fixture. */
export async function startTestBridge(
  server: string,
  {
    args = [],
    env = {},
    clock = systemClock,
    ...options
  }: Partial<BridgeOptions> & {
    readonly args?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
    readonly clock?: Clock;
  } = {},
): Promise<TestBridge> {
  const lines: string[] = [];
  const log = createLogger({ name: 'bridge', level: 'debug', destination: { write: (line) => void lines.push(line) } });
  const lifecycle = createLifecycle({ log, clock: systemClock });
  const stop = (): Promise<void> => lifecycle.stop('test', 9_000);
  try {
    const running = await startBridge(
      {
        name: 'test',
        host: '127.0.0.1',
        port: 0,
        opsPort: 0,
        sessionsMax: 16,
        idleMsMax: 60_000,
        child: {
          command: process.execPath,
          args: [server, ...args],
          cwd: '/',
          env: { PATH: process.env['PATH'] ?? '', ...env },
        },
        bearerGuard: createBearerGuard(undefined, '127.0.0.1'),
        allowedHosts: [],
        allowedOrigins: [],
        isJson: false,
        ...options,
      },
      { clock, log, lifecycle, version: '1.2.3' },
    );
    return {
      mcpUrl: running.mcpUrl,
      opsUrl: running.opsUrl ?? '',
      log: () => lines.join(''),
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
