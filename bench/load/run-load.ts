import { Pool } from 'undici';
import { percentile } from '../measure/percentile.ts';
import { checkAnswer } from './check-answer.ts';
import { createCall, type Call } from './create-call.ts';
import type { LoadOrder, LoadReport } from './load-order.ts';

/** Sends the calls of an order, at most one at a time on each connection, and checks each answer. */
export async function runLoad(order: LoadOrder): Promise<LoadReport> {
  const pool = new Pool(new URL(order.url).origin, { connections: order.connections, pipelining: 1 });
  try {
    const run = { order, pool, call: createCall(order), callsMs: new Float64Array(order.calls), begun: 0 };
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: order.connections }, () => callUntilDone(run)));
    const wallMs = performance.now() - startedMs;
    const sortedMs = run.callsMs.toSorted();
    return { status: 'done', wallMs, p50Ms: percentile(sortedMs, 50), p99Ms: percentile(sortedMs, 99) };
  } catch (error) {
    return { status: 'failed', reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await pool.destroy();
  }
}

interface Run {
  readonly order: LoadOrder;
  readonly pool: Pool;
  readonly call: Call;
  /** Milliseconds of each call, in the order of their begin. */
  readonly callsMs: Float64Array;
  /** Calls that were begun by now, over all connections. */
  begun: number;
}

/** Works off one connection's share: who is faster takes more. */
async function callUntilDone(run: Run): Promise<void> {
  const { order, pool, call, callsMs } = run;
  while (run.begun < order.calls) {
    const index = run.begun;
    run.begun += 1;
    const body = call.bodyOf(index + 1);
    const sentMs = performance.now();
    const response = await pool.request({ path: call.path, method: 'POST', headers: call.headers, body });
    const text = await response.body.text();
    callsMs[index] = performance.now() - sentMs;
    checkAnswer(order.kind, { status: response.statusCode, text, sent: { id: index + 1, body } });
  }
}
