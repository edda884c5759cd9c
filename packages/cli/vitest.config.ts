import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@fairlead/source'] },
  ssr: { resolve: { conditions: ['@fairlead/source'] } },
  test: {
    name: 'cli',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    // A hang guard: many tests start processes, and a busy machine starts them slowly (09 V-31).
    testTimeout: 60_000,
  },
});
