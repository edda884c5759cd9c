import type { IntegrationDirectory } from '../deps.ts';
import { describeScope } from '../domain/describe-scope.ts';
import type { Integration, SystemName } from '../domain/integration.ts';
import type { Probe } from './cached-probe.ts';

/** One outside system as the operator set it up. */
export interface IntegrationSetup {
  readonly system: SystemName;
  /** Absent while its token is not set. */
  readonly probe: Probe | undefined;
  readonly isDouble: boolean;
  readonly readable: readonly string[];
  readonly writable: readonly string[];
}

/** Lists outside systems, and asks those that are set up whether they answer. */
export function createIntegrations(setups: readonly IntegrationSetup[]): IntegrationDirectory {
  return { list: () => Promise.all(setups.map(describe)) };
}

async function describe({ system, probe, isDouble, readable, writable }: IntegrationSetup): Promise<Integration> {
  if (!probe) return { system, state: 'not_configured', double: isDouble, writes: false, scope: [] };
  return {
    system,
    state: (await probe()) ? 'configured' : 'unreachable',
    double: isDouble,
    writes: writable.length > 0,
    scope: describeScope(readable, writable),
  };
}
