import type { HealthCheck } from '@fairlead/server-kit/runtime';
import type { ConfigInForce } from './config-in-force.ts';
import type { ConfigReloader } from './config-reloader.ts';

/** How the config is, for `/readyz`: degraded while the file on the disk is not in force, all of it. */
export function configHealth(
  reloader: Pick<ConfigReloader, 'failure'>,
  inForce: Pick<ConfigInForce, 'current'>,
): HealthCheck {
  return {
    part: 'config',
    required: false,
    effect: 'what was in force before stays so, in whole or in the part that is named',
    check: async () => {
      const { failure } = reloader;
      const { needsRestart } = inForce.current;
      if (failure !== undefined) return { status: 'down', reason: `stale: ${firstLine(failure.publicMessage)}` };
      if (needsRestart.length === 0) return { status: 'up' };
      return { status: 'down', reason: `a restart is needed for ${needsRestart.join(', ')}` };
    },
  };
}

function firstLine(text: string): string {
  const [first = '', ...rest] = text.split('\n');
  return rest.length === 0 ? first : `${first} (and ${rest.length} more)`;
}
