import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@fairlead/source'] },
  ssr: { resolve: { conditions: ['@fairlead/source'] } },
  test: {
    name: 'testkit',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['@fairlead/testkit/vitest/postgres-setup'],
    setupFiles: ['@fairlead/testkit/vitest/leak-check'],
    // A hang guard: starting a cluster takes a second, ten times that on a busy machine (09 V-31).
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
