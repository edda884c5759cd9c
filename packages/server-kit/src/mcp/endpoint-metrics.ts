import type { Histogram } from 'prom-client';
import type { Metrics } from '../runtime/metrics.ts';

type Label = 'mcp_method_name' | 'gen_ai_tool_name' | 'error_type' | 'mcp_protocol_version';

/** Measures what an MCP endpoint does. Labels come from the catalog only: an unknown method or tool counts as `_unknown`. */
export class EndpointMetrics {
  readonly #operations: Histogram<Label>;
  readonly #bound = new Map<string, { observe(seconds: number): void }>();
  readonly #listens: { set(value: number): void };
  readonly #sessions: { set(value: number): void };

  constructor(metrics: Metrics) {
    this.#operations = metrics.histogram(
      'mcp_server_operation_duration_seconds',
      'How long MCP requests took, by method, tool and outcome.',
      { labelNames: ['mcp_method_name', 'gen_ai_tool_name', 'error_type', 'mcp_protocol_version'] },
    );
    this.#listens = metrics.gauge('fairlead_streams', 'Open subscription streams.');
    this.#sessions = metrics.gauge('fairlead_sessions', 'Legacy sessions.');
  }

  /** Records one request. `tool` is a name of the catalog, or empty. */
  record(operation: { method: string; tool: string; errorType: string; version: string }, seconds: number): void {
    const key = `${operation.method} ${operation.tool} ${operation.errorType} ${operation.version}`;
    let bound = this.#bound.get(key);
    if (bound === undefined) {
      bound = this.#operations.labels({
        mcp_method_name: operation.method,
        gen_ai_tool_name: operation.tool,
        error_type: operation.errorType,
        mcp_protocol_version: operation.version,
      });
      this.#bound.set(key, bound);
    }
    bound.observe(seconds);
  }

  listens(count: number): void {
    this.#listens.set(count);
  }

  sessions(count: number): void {
    this.#sessions.set(count);
  }
}
