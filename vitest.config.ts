import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { shuffleByProject } from './scripts/test-runner/shuffle-by-project.ts';

/** Not vitest's own shuffle, which mixes the files of all projects. */
class ProjectSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { seed } = this.ctx.config.sequence;
    // vitest names the seed of its own shuffle only (09 V-32).
    this.ctx.logger.log(`Files in the order of --sequence.seed=${seed}`);
    return shuffleByProject(files, seed);
  }
}

export default defineConfig({
  test: {
    projects: [
      'packages/*/vitest.config.ts',
      'services/*/vitest.config.ts',
      'examples/*/vitest.config.ts',
      'tests/*/vitest.config.ts',
      'scripts/vitest.config.ts',
      'bench/vitest.config.ts',
    ],
    pool: 'forks',
    sequence: { sequencer: ProjectSequencer },
  },
});
