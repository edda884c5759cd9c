import { randomBytes } from 'node:crypto';
import { createSealer, systemClock } from '@fairlead/server-kit/runtime';

const TTL_SECONDS = 600;
const BOUND_TO = 'conformance fixture';

/** Seals the state of a call that goes over several rounds, so that a client can carry it and not change it. */
export interface StateCodec {
  mint(state: Readonly<Record<string, string>>): string;
  /** @throws Error when the state was changed or has expired. */
  verify(text: string): unknown;
}

/** Makes a codec with a key of its own. */
export function createStateCodec(): StateCodec {
  const sealer = createSealer({ masterKey: randomBytes(32), purpose: 'request-state', clock: systemClock });
  return {
    mint: (state) => sealer.seal(JSON.stringify(state), BOUND_TO, TTL_SECONDS),
    verify: (text) => {
      const opened = sealer.open(text, BOUND_TO);
      if (opened === undefined) throw new Error('the state was changed or has expired');
      return JSON.parse(opened);
    },
  };
}
