import { Unavailable } from '@fairlead/server-kit/runtime';
import { createEmulator, type Emulator, type SeedConfig } from 'emulate';
import { freePort } from '../waiting/free-port.ts';

/** Which system to stand in for, where, and with what. */
export interface EmulatorSetup {
  readonly service: 'github' | 'slack';
  /** 0: a free one. */
  readonly port: number;
  readonly seed: SeedConfig;
}

/** An emulator and the address it was given. */
export interface StartedEmulator {
  readonly emulator: Emulator;
  readonly url: string;
}

const triesMax = 3;

/**
 * Starts an emulator on 127.0.0.1. Its base URL is always given: it would else take one from environment variables that
 * are not ours, or name `localhost`, which some hosts resolve to `::1`, where it does not listen.
 *
 * @throws Unavailable `PART_START_FAILED` when the port is taken.
 */
export async function startEmulator({ service, port, seed }: EmulatorSetup): Promise<StartedEmulator> {
  for (let tried = 1; ; tried += 1) {
    const chosen = port === 0 ? await freePort() : port;
    const url = `http://127.0.0.1:${chosen}`;
    try {
      return {
        emulator: await createEmulator({ service, port: chosen, hostname: '127.0.0.1', baseUrl: url, seed }),
        url,
      };
    } catch (error) {
      // Between finding a free port and listening on it another process may take it.
      if (port === 0 && tried < triesMax) continue;
      throw new Unavailable('PART_START_FAILED', {
        publicMessage: `The ${service} double did not start on port ${chosen}. Give it another port, or end what uses this one.`,
        cause: error,
      });
    }
  }
}
