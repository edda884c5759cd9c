import type { Metrics } from '@fairlead/server-kit/runtime';

/** What the bridge counts. */
export interface BridgeMetrics {
  readonly brokenLines: { inc(): void };
  readonly serversEnded: { inc(): void };
  readonly sessions: { set(value: number): void };
}

/** Registers the metrics of the bridge. */
export function createBridgeMetrics(metrics: Metrics): BridgeMetrics {
  return {
    brokenLines: metrics.counter('fairlead_bridge_broken_lines_total', 'Lines of the server that were no MCP message.'),
    serversEnded: metrics.counter('fairlead_bridge_servers_ended_total', 'Servers that ended without being asked to.'),
    sessions: metrics.gauge('fairlead_bridge_sessions', 'Open sessions, each with a server process of its own.'),
  };
}
