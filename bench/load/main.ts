// The load generator's process. It takes one order at a time over its IPC channel and ends when the channel closes.
import { loadOrder, type LoadReport } from './load-order.ts';
import { runLoad } from './run-load.ts';

process.on('message', (message) => void answer(message));
// The channel closes however the benchmark ends; a run in flight must not outlive it.
process.once('disconnect', () => process.exit());

async function answer(message: unknown): Promise<void> {
  const report: LoadReport = await runLoad(loadOrder.parse(message));
  process.send?.(report);
}
