import { parseArgs } from 'node:util';
import { z } from 'zod';
import { BenchUseError } from './bench-use-error.ts';

/** What can be measured. */
export const benchAreas = ['kit', 'gateway', 'fleet'] as const;
export type BenchArea = (typeof benchAreas)[number];

/** How much is measured. */
export interface BenchOptions {
  readonly areas: readonly BenchArea[];
  /** Samples of each thing. */
  readonly rounds: number;
  /** Calls of each sample; absent: as many as fill `cpuSecondsPerSample`. */
  readonly callsPerSample?: number | undefined;
  /** CPU time that one sample should cost its subject. */
  readonly cpuSecondsPerSample: number;
  /** Calls of each sample of latency, which are sent one after the other. */
  readonly latencyCalls: number;
  /** Calls after which memory is read for the last time; it is read first after half of them. */
  readonly memoryCalls: number;
  /** Also start a fleet from a copy of the working tree with empty caches. */
  readonly isCold: boolean;
  /** A `results.json` of an earlier run to compare with. */
  readonly compareFile?: string | undefined;
}

/** The least that the method asks for (09 V-81, V-82; 04 G-04; issue numbers for memory). */
export const fullMeasure = { rounds: 5, cpuSecondsPerSample: 5, latencyCalls: 4_000, memoryCalls: 200_000 } as const;

/** Enough to see whether something is broken. Its rows are marked noisy. */
const quickMeasure = { rounds: 2, cpuSecondsPerSample: 0.5, latencyCalls: 500, memoryCalls: 10_000 } as const;

const usage = 'npm run bench -- [kit] [gateway] [fleet] [--rounds N] [--calls N] [--quick] [--cold] [--compare FILE]';
const count = z.coerce.number().int().min(1).max(10_000_000).optional();
const areaList = z.array(z.enum(benchAreas));

/**
 * Reads the arguments of the benchmark. No area named: all of them.
 *
 * @throws BenchUseError for an option, a number or an area that there is none of.
 */
export function readBenchOptions(argv: readonly string[]): BenchOptions {
  const { values, positionals } = parseArguments(argv);
  const measure = values.quick ? quickMeasure : fullMeasure;
  const areas = parseOrRefuse(areaList, positionals, `there is no such area: ${positionals.join(' ')}`);
  const rounds = parseOrRefuse(count, values.rounds, `--rounds ${values.rounds} is not a whole number above 0`);
  const callsPerSample = parseOrRefuse(count, values.calls, `--calls ${values.calls} is not a whole number above 0`);
  return {
    ...measure,
    areas: areas.length === 0 ? benchAreas : areas,
    rounds: rounds ?? measure.rounds,
    callsPerSample,
    isCold: values.cold,
    compareFile: values.compare,
  };
}

function parseArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        rounds: { type: 'string' },
        calls: { type: 'string' },
        quick: { type: 'boolean', default: false },
        cold: { type: 'boolean', default: false },
        compare: { type: 'string' },
      },
    });
  } catch (error) {
    throw new BenchUseError(error instanceof Error ? error.message : String(error), usage);
  }
}

function parseOrRefuse<Value>(schema: z.ZodType<Value>, input: unknown, refusal: string): Value {
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw new BenchUseError(refusal, usage);
  return parsed.data;
}
