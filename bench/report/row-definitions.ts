/** What a row must keep to. `ratio` is to the baseline of the same run. */
export interface RowTarget {
  readonly ratioMax?: number;
  readonly valueMax?: number;
}

/** What a row means. */
export interface RowDefinition {
  readonly unit: string;
  /** What the value is compared with, in words. */
  readonly baseline?: string;
  /** Absent: printed for orientation. */
  readonly target?: RowTarget;
}

/** Every row, by its name. The names are a contract: other tools find their numbers by them (09 V-83). */
export const rowDefinitions = {
  'kit.call.cpu.modern': { unit: 'µs/call', baseline: 'stock handler', target: { ratioMax: 0.25 } },
  'kit.call.cpu.legacy': { unit: 'µs/call', baseline: 'stock handler', target: { ratioMax: 0.25 } },
  'kit.call.rate.modern': { unit: 'calls/s', baseline: 'stock handler' },
  'kit.call.rate.legacy': { unit: 'calls/s', baseline: 'stock handler' },
  'gateway.call.cpu.stock': { unit: 'µs/call', baseline: 'stock handler', target: { ratioMax: 0.3 } },
  'gateway.call.cpu.pass': { unit: 'µs/call', baseline: 'bare pass-through', target: { ratioMax: 2.5 } },
  'gateway.call.cpu.nginx': { unit: 'µs/call', baseline: 'nginx as proxy' },
  'gateway.call.rate.stock': { unit: 'calls/s', baseline: 'stock handler' },
  'gateway.latency.p50.pass': { unit: 'ms', baseline: 'bare pass-through', target: { ratioMax: 2 } },
  'gateway.latency.p99.pass': { unit: 'ms', baseline: 'bare pass-through', target: { ratioMax: 2 } },
  'gateway.rss': { unit: 'MB', baseline: 'after half the calls', target: { valueMax: 120, ratioMax: 1.05 } },
  'fleet.start.warm': { unit: 's', target: { valueMax: 15 } },
  'fleet.start.cold': { unit: 's', target: { valueMax: 180 } },
  'fleet.rss': { unit: 'MB', target: { valueMax: 900 } },
  'fleet.supervisor.rss': { unit: 'MB' },
  'fleet.stop': { unit: 's', target: { valueMax: 10 } },
} as const satisfies Readonly<Record<string, RowDefinition>>;

export type RowName = keyof typeof rowDefinitions;

/** The definition of a row; undefined for a name that this version does not have. */
export function definitionOf(name: string): RowDefinition | undefined {
  return new Map<string, RowDefinition>(Object.entries(rowDefinitions)).get(name);
}
