import type { Bench } from '../bench.ts';
import { measureTargets } from '../measure/measure-targets.ts';
import type { Target } from '../measure/target.ts';
import { createRow } from '../report/bench-row.ts';
import { calledTool } from '../subjects/benchmark-tool.ts';
import { upstreamName } from '../subjects/start-gateway.ts';
import type { Subject } from '../subjects/subject.ts';
import { markNoisy, type AreaReport } from './area-report.ts';
import { startGatewayParts } from './gateway-parts.ts';
import { LoadSamples } from './load-samples.ts';
import { measureGatewayMemory } from './measure-gateway-memory.ts';
import { measureLatency } from './measure-latency.ts';

/** Measures the gateway with everything on, before a server that answers at once, against what else could stand there. */
export async function measureGateway(bench: Bench): Promise<AreaReport> {
  await using parts = await startGatewayParts(bench);
  const targets = {
    gateway: { ...plainTarget(parts.gateway), toolName: `${upstreamName}__${calledTool}` },
    pass: plainTarget(parts.pass),
    direct: plainTarget(parts.upstream),
  };
  const floor = parts.nginx === undefined ? [] : [plainTarget(parts.nginx)];
  const samples = new LoadSamples(
    await measureTargets(bench, [
      targets.gateway,
      targets.pass,
      plainTarget(parts.stock),
      ...floor,
      { ...plainTarget(parts.echo), kind: 'echo' },
    ]),
  );
  const cpu = samples.cpu('gateway');
  const rows = [
    createRow({ name: 'gateway.call.cpu.stock', samples: cpu, baseline: samples.cpu('stock') }),
    createRow({ name: 'gateway.call.cpu.pass', samples: cpu, baseline: samples.cpu('pass') }),
    ...floor.map(({ name }) =>
      createRow({ name: 'gateway.call.cpu.nginx', samples: cpu, baseline: samples.cpu(name) }),
    ),
    createRow({ name: 'gateway.call.rate.stock', samples: samples.rate('gateway'), baseline: samples.rate('stock') }),
    ...(await measureLatency(bench, targets)),
  ];
  const marked = markNoisy(rows, samples.noise('echo', bench.options.rounds));
  // How busy the host is changes how long calls take, not how much memory they leave behind.
  return { rows: [...marked, await measureGatewayMemory(bench, parts.upstream.url)], leftOut: parts.leftOut };
}

/** Calls of the newer era, which both the gateway and the server behind it speak. */
function plainTarget(subject: Subject): Target {
  return { name: subject.name, subject, kind: 'modern', toolName: calledTool };
}
