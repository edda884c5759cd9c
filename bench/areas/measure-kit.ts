import type { Bench } from '../bench.ts';
import { measureTargets } from '../measure/measure-targets.ts';
import { createRow } from '../report/bench-row.ts';
import { calledTool } from '../subjects/benchmark-tool.ts';
import { startSubject } from '../subjects/start-subject.ts';
import { markNoisy, type AreaReport } from './area-report.ts';
import { LoadSamples } from './load-samples.ts';

/** Measures a service of the kit against the SDK's stock handler, in both eras (03 P-21). */
export async function measureKit(bench: Bench): Promise<AreaReport> {
  await using kit = await startSubject('kit');
  await using stock = await startSubject('stock');
  await using echo = await startSubject('echo');
  const toolName = calledTool;
  const samples = new LoadSamples(
    await measureTargets(bench, [
      { name: 'kit modern', subject: kit, kind: 'modern', toolName },
      { name: 'stock modern', subject: stock, kind: 'modern', toolName },
      { name: 'kit legacy', subject: kit, kind: 'legacy', toolName },
      { name: 'stock legacy', subject: stock, kind: 'legacy', toolName },
      { name: 'echo', subject: echo, kind: 'echo', toolName },
    ]),
  );
  const cpu = (era: string) => ({ samples: samples.cpu(`kit ${era}`), baseline: samples.cpu(`stock ${era}`) });
  const rate = (era: string) => ({ samples: samples.rate(`kit ${era}`), baseline: samples.rate(`stock ${era}`) });
  const rows = [
    createRow({ name: 'kit.call.cpu.modern', ...cpu('modern') }),
    createRow({ name: 'kit.call.cpu.legacy', ...cpu('legacy') }),
    createRow({ name: 'kit.call.rate.modern', ...rate('modern') }),
    createRow({ name: 'kit.call.rate.legacy', ...rate('legacy') }),
  ];
  return { rows: markNoisy(rows, samples.noise('echo', bench.options.rounds)), leftOut: [] };
}
