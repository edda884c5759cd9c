// Measures the kit, the gateway and the fleet, prints a table, and writes `bench/results.json` (09 §11).
//
// Usage: npm run bench [-- kit gateway fleet --rounds N --calls N --quick --cold --compare FILE]
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createRunFolder } from '@fairlead/testkit/waiting';
import type { AreaReport } from './areas/area-report.ts';
import { measureFleet } from './areas/measure-fleet.ts';
import { measureGateway } from './areas/measure-gateway.ts';
import { measureKit } from './areas/measure-kit.ts';
import type { Bench } from './bench.ts';
import { readBenchOptions, type BenchArea } from './bench-options.ts';
import { BenchUseError } from './bench-use-error.ts';
import { LoadGenerator } from './load/load-generator.ts';
import { benchResults, createResults, type BenchResults } from './report/bench-results.ts';
import { compareResults } from './report/compare-results.ts';
import { describeRows } from './report/describe-rows.ts';
import { buildSubjects } from './subjects/build-subjects.ts';

const measures: Readonly<Record<BenchArea, (bench: Bench) => Promise<AreaReport>>> = {
  kit: measureKit,
  gateway: measureGateway,
  fleet: measureFleet,
};
/** As a shell says it of a command that Ctrl-C ended. */
const interruptedStatus = 130;
const resultsFile = path.join(import.meta.dirname, 'results.json');

try {
  await runBench(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BenchUseError)) throw error;
  console.error(`fairlead: ${error.message}\n  fix: ${error.fix}`);
  process.exitCode = 1;
}

/** A target that is missed is told and is no failure: no number of one host may turn a build red (09 V-84). */
async function runBench(argv: readonly string[]): Promise<void> {
  const options = readBenchOptions(argv);
  if (!existsSync('/proc/self/stat'))
    throw new BenchUseError('CPU time is read from /proc, which this system does not have.', 'run it on Linux');
  const before = options.compareFile === undefined ? undefined : readResults(options.compareFile);
  await buildSubjects(path.dirname(import.meta.dirname));
  await using folder = await createRunFolder();
  stopOnSignals(folder.path);
  await using load = new LoadGenerator();
  const bench = { options, load, folder: folder.path, say: (line: string) => console.log(line) };
  const reports = await measureAreas(bench);
  const results = await createResults(
    reports.flatMap(({ rows }) => rows),
    import.meta.dirname,
  );
  await writeFile(resultsFile, `${JSON.stringify(results, undefined, 2)}\n`);
  printReport(results, reports);
  if (before !== undefined) for (const line of ['', ...compareResults(before, results)]) console.log(line);
}

/** What was started ends by itself when this process is gone; only the folder needs a hand. */
function stopOnSignals(folder: string): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(interruptedStatus);
    });
  }
}

async function measureAreas(bench: Bench): Promise<readonly AreaReport[]> {
  const reports: AreaReport[] = [];
  for (const area of bench.options.areas) {
    bench.say(`fairlead: measuring ${area}`);
    reports.push(await measures[area](bench));
  }
  return reports;
}

function printReport(results: BenchResults, reports: readonly AreaReport[]): void {
  const { commit, node, cpu, cores, loadAverage, rows } = results;
  const host = `commit ${commit}, Node ${node}, ${cores} x ${cpu}, load average ${loadAverage.toFixed(1)}`;
  const leftOut = reports.flatMap((report) => report.leftOut).map((line) => `left out: ${line}`);
  for (const line of ['', ...describeRows(rows), ...leftOut, host, `written to ${resultsFile}`]) console.log(line);
}

function readResults(file: string): BenchResults {
  try {
    return benchResults.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new BenchUseError(`${file} does not hold results of a benchmark.`, `ls -l ${file}`);
  }
}
