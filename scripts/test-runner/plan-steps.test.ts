import { expect, test } from 'vitest';
import { planSteps } from './plan-steps.ts';
import { parseTestOptions } from './test-options.ts';

const scripts = {
  start: 'exec node start',
  'step:lint': 'oxlint',
  'step:unit': 'vitest run src/',
  'step:build': 'turbo run build',
  'step:integration': 'vitest run test/',
};

function plan(...argv: readonly string[]) {
  return planSteps(scripts, parseTestOptions(argv));
}

test('takes the steps from the manifest, in its order', () => {
  expect(plan().map(({ name, isParallel }) => [name, isParallel])).toEqual([
    ['lint', true],
    ['unit', true],
    ['build', false],
    ['integration', false],
  ]);
});

test('leaves out what is not fast, or not named', () => {
  expect(plan('--fast').map(({ name }) => name)).toEqual(['lint', 'unit']);
  expect(plan('--only', 'integration').map(({ name }) => name)).toEqual(['integration']);
});

test('refuses the name of a step that does not exist, and names those that do', () => {
  expect(() => plan('--only', 'integrations')).toThrow(
    'no step "integrations"; the steps are lint, unit, build, integration',
  );
});

test('V-02 a path or a name is the build and one run over all projects', () => {
  const steps = plan('services/data', "it's here", '-t', 'cancels "it"');

  expect(steps.map(({ command }) => command)).toEqual([
    'turbo run build',
    `vitest run 'services/data' 'it'\\''s here' -t 'cancels "it"' --update=none`,
  ]);
});

// A missing snapshot is a failure; written silently it would prove nothing.
test('writes snapshots only when told to', () => {
  expect(plan('--only', 'unit')[0]?.command).toBe('vitest run src/ --update=none');
  expect(plan('--only', 'unit', '--update-snapshots')[0]?.command).toBe('vitest run src/ --update=all');
});
