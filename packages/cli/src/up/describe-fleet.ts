import type { DevJson } from '@fairlead/contracts';
import type { FleetParts } from './fleet-parts.ts';
import type { FleetPlan } from './fleet-plan.ts';
import { processUrls } from './process-urls.ts';
import type { FleetProcesses } from './fleet-processes.ts';

/** What of a fleet runs now. */
export interface FleetState {
  readonly parts: FleetParts;
  readonly processes: FleetProcesses;
  readonly startedAt: Date;
}

/** The `dev.json` of a fleet as it runs now (01 §4). The database is named by its superuser and by the demo's reader. */
export function describeFleet(plan: FleetPlan, { parts, processes, startedAt }: FleetState): DevJson {
  const { adminUrl, demo } = parts.database.running;
  return {
    version: 1,
    pid: process.pid,
    startedAt: startedAt.toISOString(),
    gateway: processUrls('gateway', plan),
    services: Object.fromEntries(
      plan.services.map(({ name }) => {
        const { mcp, ops } = processUrls(name, plan);
        return [name, { mcp, ops, pid: processes.get(name)?.running.pid ?? 0 }];
      }),
    ),
    keys: { ...plan.keys },
    postgres: { admin: adminUrl, ...(demo === undefined ? {} : { demo: demo.readOnlyUrl }) },
    doubles: Object.fromEntries([...parts.doubles].map(([system, { running }]) => [system, running.ready.url])),
  };
}
