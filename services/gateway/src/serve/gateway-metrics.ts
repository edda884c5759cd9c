import type { Metrics } from '@fairlead/server-kit/runtime';

/** Labels of a call's durations, by the names of OpenTelemetry's conventions. Unknown names count as `_unknown` (04 G-86). */
export interface CallLabels {
  readonly method: string;
  /** Wire name of a listed tool. */
  readonly tool: string | undefined;
  readonly errorType: string | undefined;
  readonly version: string;
}

/** The gateway's own metrics. */
export interface GatewayMetrics {
  call(labels: CallLabels, totalMs: number): void;
  upstream(
    labels: CallLabels & { readonly server: string },
    timing: { readonly totalMs: number; readonly upstreamMs: number },
  ): void;
  decision(outcome: string, rule: string | undefined, server: string | undefined): void;
  limitRejection(rule: string): void;
  authentication(method: string, outcome: string): void;
  configReload(outcome: string): void;
}

/** Methods that have a series of their own; what callers invent does not. */
const METHODS = new Set(
  [
    'initialize ping server/discover tools/list tools/call prompts/list prompts/get resources/list resources/templates/list',
    'resources/read resources/subscribe resources/unsubscribe completion/complete logging/setLevel subscriptions/listen',
  ].flatMap((names) => names.split(' ')),
);

/** Registers the metrics of calls and decisions. */
export function createGatewayMetrics(metrics: Metrics): GatewayMetrics {
  const callLabels = ['mcp_method_name', 'gen_ai_tool_name', 'error_type', 'mcp_protocol_version'] as const;
  const server = metrics.histogram(
    'mcp_server_operation_duration_seconds',
    'Duration of MCP requests that the gateway answered.',
    { labelNames: callLabels },
  );
  const client = metrics.histogram(
    'mcp_client_operation_duration_seconds',
    'Duration of requests to the servers behind the gateway.',
    {
      labelNames: [...callLabels, 'server'] as const,
    },
  );
  const overhead = metrics.histogram(
    'fairlead_gateway_overhead_seconds',
    'Duration of a request minus that of its request to the server.',
    {
      labelNames: ['mcp_method_name'] as const,
    },
  );
  const decisions = metrics.counter('fairlead_decisions_total', 'Decisions of the gateway.', [
    'outcome',
    'rule',
    'server',
  ] as const);
  const rejections = metrics.counter('fairlead_limit_rejections_total', 'Calls that a limit refused.', [
    'rule',
  ] as const);
  const authentications = metrics.counter('fairlead_auth_total', 'Credentials that were checked.', [
    'method',
    'outcome',
  ] as const);
  const reloads = metrics.counter('fairlead_config_reloads_total', 'Changed config files that were looked at.', [
    'outcome',
  ] as const);
  return {
    call: (labels, totalMs) => server.observe(labelValues(labels), totalMs / 1_000),
    upstream(labels, { totalMs, upstreamMs }) {
      client.observe({ ...labelValues(labels), server: labels.server }, upstreamMs / 1_000);
      overhead.observe({ mcp_method_name: methodLabel(labels.method) }, Math.max(0, totalMs - upstreamMs) / 1_000);
    },
    decision: (outcome, rule, serverName) => decisions.inc({ outcome, rule: rule ?? '', server: serverName ?? '' }),
    limitRejection: (rule) => rejections.inc({ rule }),
    authentication: (method, outcome) => authentications.inc({ method, outcome }),
    configReload: (outcome) => reloads.inc({ outcome }),
  };
}

function labelValues({ method, tool, errorType, version }: CallLabels) {
  return {
    mcp_method_name: methodLabel(method),
    gen_ai_tool_name: tool ?? '',
    error_type: errorType ?? '',
    mcp_protocol_version: version,
  };
}

function methodLabel(method: string): string {
  return METHODS.has(method) ? method : '_unknown';
}
