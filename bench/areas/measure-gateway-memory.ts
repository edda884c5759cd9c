import path from 'node:path';
import type { Bench } from '../bench.ts';
import { connectionCount } from '../measure/measure-targets.ts';
import { rssBytesOfProcessTree } from '../measure/rss-of-process-tree.ts';
import { orderFor } from '../measure/target.ts';
import { createRow, type BenchRow } from '../report/bench-row.ts';
import { calledTool } from '../subjects/benchmark-tool.ts';
import { startGateway, upstreamName } from '../subjects/start-gateway.ts';

const megabyte = 1_000_000;

/**
 * Measures the memory of a new gateway after all calls, against the same gateway's after half of them: what it keeps per
 * call would show as growth (09 V-85).
 */
export async function measureGatewayMemory(bench: Bench, upstreamUrl: string): Promise<BenchRow> {
  const { options, load, folder, say } = bench;
  await using gateway = await startGateway({ folder: path.join(folder, 'gateway-memory'), upstreamUrl });
  const target = {
    name: 'gateway',
    subject: gateway,
    kind: 'modern',
    toolName: `${upstreamName}__${calledTool}`,
  } as const;
  const half = { connections: connectionCount, calls: options.memoryCalls / 2 };
  const readMegabytes = () => rssBytesOfProcessTree(gateway.pid) / megabyte;
  say(`  memory of the gateway, ${options.memoryCalls} calls`);
  await load.run(orderFor(target, half));
  const halfway = readMegabytes();
  await load.run(orderFor(target, half));
  return createRow({ name: 'gateway.rss', samples: [readMegabytes()], baseline: [halfway] });
}
