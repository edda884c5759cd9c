import type { Metrics } from '@fairlead/server-kit/runtime';
import { Counter, Gauge } from 'prom-client';
import type { AuditLog } from '../audit/audit-log.ts';
import type { BackendState } from '../catalog/backend-status.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { OpenStreams } from '../forward/open-streams.ts';

/** What the gauges look at when they are read. */
export interface ObservedParts {
  readonly catalog: Catalog;
  readonly audit: Pick<AuditLog, 'records'>;
  readonly streams: Pick<OpenStreams, 'size'>;
  readonly now: () => Date;
}

interface GaugeRow {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

interface GaugeDefinition {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: () => readonly GaugeRow[];
}

const STATES: readonly BackendState[] = ['starting', 'up', 'degraded', 'down'];
const BREAKER_VALUES = { closed: 0, 'half-open': 1, open: 2 } as const;
const KINDS = ['tool', 'prompt', 'resource', 'template'] as const;

/** Registers what is worked out when somebody reads it: states of servers, lists, streams, audit records (04 G-86). */
export function registerGauges({ registry }: Metrics, parts: ObservedParts): void {
  for (const { name, help, labels, read } of [...serverGauges(parts), ...processGauges(parts)]) {
    const gauge = new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [],
      collect() {
        this.reset();
        for (const row of read()) this.set(row.labels, row.value);
      },
    });
    registry.registerMetric(gauge);
  }
  const records = new Counter({
    name: 'fairlead_audit_records_total',
    help: 'Records of the audit log since the start.',
    registers: [],
    collect() {
      this.reset();
      this.inc(parts.audit.records);
    },
  });
  registry.registerMetric(records);
}

function serverGauges({ catalog, now }: ObservedParts): readonly GaugeDefinition[] {
  const servers = () => [...catalog.snapshot.servers.values()];
  return [
    {
      name: 'fairlead_backend_state',
      help: 'Whether a server is in the state that class names: 1 or 0.',
      labels: ['server', 'class'],
      read: () =>
        servers().flatMap(({ name, status }) =>
          STATES.map((state) => ({ labels: { server: name, class: state }, value: state === status.state ? 1 : 0 })),
        ),
    },
    {
      name: 'fairlead_catalog_items',
      help: 'Items of a server in the catalog.',
      labels: ['server', 'kind'],
      read: () =>
        servers().flatMap(({ name, route }) =>
          KINDS.map((kind) => ({ labels: { server: name, kind }, value: route.items[kind].length })),
        ),
    },
    {
      name: 'fairlead_catalog_stale_seconds',
      help: 'Age of the lists that are shown while their server is down; 0 while it answers.',
      labels: ['server'],
      read: () =>
        servers().map(({ name, status }) => ({
          labels: { server: name },
          value: secondsSince(status.staleSince, now()),
        })),
    },
  ];
}

function processGauges({ catalog, streams }: ObservedParts): readonly GaugeDefinition[] {
  return [
    {
      name: 'fairlead_backend_breaker_state',
      help: 'Breaker of a server for a class of calls: 0 closed, 1 half-open, 2 open.',
      labels: ['server', 'class'],
      read: () =>
        catalog.upstreams.flatMap(({ name, breakers }) =>
          Object.entries(breakers).map(([callClass, { state }]) => ({
            labels: { server: name, class: callClass },
            value: BREAKER_VALUES[state],
          })),
        ),
    },
    {
      name: 'fairlead_backend_inflight',
      help: 'Calls and streams to a server that run now.',
      labels: ['server'],
      read: () => catalog.upstreams.map(({ name, inFlight }) => ({ labels: { server: name }, value: inFlight })),
    },
    {
      name: 'fairlead_backend_retries',
      help: 'Calls to a server that were tried again since the start.',
      labels: ['server'],
      read: () => catalog.upstreams.map(({ name, retries }) => ({ labels: { server: name }, value: retries.spent })),
    },
    {
      name: 'fairlead_streams',
      help: 'Streams to clients that are open now.',
      labels: [],
      read: () => [{ labels: {}, value: streams.size }],
    },
  ];
}

function secondsSince(since: Date | undefined, now: Date): number {
  return since === undefined ? 0 : (now.getTime() - since.getTime()) / 1_000;
}
