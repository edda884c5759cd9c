import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@fairlead/source'] },
  ssr: { resolve: { conditions: ['@fairlead/source'] } },
  test: {
    name: 'test-e2e',
    include: ['**/*.test.ts'],
    // One fleet for all files; those that stop, kill or freeze processes start their own.
    globalSetup: ['./fleet/fleet-setup.ts'],
    setupFiles: ['@fairlead/testkit/vitest/leak-check'],
    // Hang guards: a fleet starts in seconds on a quiet machine, in a minute on a busy one (09 V-31).
    hookTimeout: 240_000,
    testTimeout: 120_000,
  },
});
