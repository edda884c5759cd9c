import type { BreakerFailure } from '@fairlead/server-kit/resilience';

/** A server could not be discovered. `reason` is shown in its status and holds no address. */
export class DiscoveryFailure extends Error {
  readonly kind: BreakerFailure;

  constructor(kind: BreakerFailure, reason: string) {
    super(reason);
    this.name = 'DiscoveryFailure';
    this.kind = kind;
  }
}
