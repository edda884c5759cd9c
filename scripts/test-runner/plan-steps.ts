import type { TestOptions } from './test-options.ts';

/** One thing that `npm test` runs. */
export interface Step {
  readonly name: string;
  /** Shell command, run at the root with `node_modules/.bin` on PATH. */
  readonly command: string;
  /** Runs beside others of its kind; the rest run one by one, after these. */
  readonly isParallel: boolean;
  /** Longest time before the summary warns (09 V-01). */
  readonly budgetSeconds: number;
}

/** Steps that touch nothing but sources, so they may run side by side. */
const parallelSteps: ReadonlySet<string> = new Set([
  'format',
  'lint',
  'types',
  'boundaries',
  'layers',
  'shapes',
  'unused',
  'docs',
  'architecture',
  'unit',
]);

const budgetsSeconds: Readonly<Record<string, number>> = {
  unit: 60,
  build: 90,
  integration: 120,
  conformance: 60,
  e2e: 120,
  documents: 120,
  examples: 120,
};
const budgetSecondsDefault = 40;

/**
 * Decides which steps run: the `step:` scripts of the manifest in their order, cut down by the options. With a path or
 * a name pattern it is the build and one vitest run over all projects.
 *
 * @throws RangeError for a step name in `--only` that the manifest does not have.
 */
export function planSteps(scripts: Readonly<Record<string, string>>, options: TestOptions): readonly Step[] {
  const all = stepsOf(scripts);
  if (options.paths.length > 0 || options.namePattern !== undefined) {
    const build = all.filter((step) => step.name === 'build');
    return [...build, focusedStep(options)].map((step) => withSnapshotMode(step, options));
  }
  const unknown = options.only.find((name) => !all.some((step) => step.name === name));
  if (unknown !== undefined) {
    throw new RangeError(`no step "${unknown}"; the steps are ${all.map((step) => step.name).join(', ')}`);
  }
  return all
    .filter((step) => !options.isFast || step.isParallel)
    .filter((step) => options.only.length === 0 || options.only.includes(step.name))
    .map((step) => withSnapshotMode(step, options));
}

/** Whether a step's counts come from vitest's own report. */
export function isVitestStep(step: Step): boolean {
  return step.command.startsWith('vitest run');
}

function stepsOf(scripts: Readonly<Record<string, string>>): readonly Step[] {
  return Object.entries(scripts)
    .filter(([script]) => script.startsWith('step:'))
    .map(([script, command]) => {
      const name = script.slice('step:'.length);
      return {
        name,
        command,
        isParallel: parallelSteps.has(name),
        budgetSeconds: budgetsSeconds[name] ?? budgetSecondsDefault,
      };
    });
}

function focusedStep({ paths, namePattern }: TestOptions): Step {
  const name = namePattern === undefined ? [] : ['-t', quote(namePattern)];
  const command = ['vitest run', ...paths.map(quote), ...name].join(' ');
  return { name: 'tests', command, isParallel: false, budgetSeconds: 600 };
}

/** A snapshot that is not there is a failure, never a silent write (09 §8). */
function withSnapshotMode(step: Step, { updatesSnapshots }: TestOptions): Step {
  if (!isVitestStep(step)) return step;
  return { ...step, command: `${step.command} --update=${updatesSnapshots ? 'all' : 'none'}` };
}

function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
