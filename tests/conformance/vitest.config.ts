import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@fairlead/source'] },
  ssr: { resolve: { conditions: ['@fairlead/source'] } },
  test: {
    name: 'test-conformance',
    include: ['**/*.test.ts'],
    // Cells at a time. Two fill two cores: the suite in one process, gateway and fixture in others (03 CF-06).
    maxConcurrency: 2,
    // Hang guards: a cell takes 2 to 6 s on a quiet machine, its first one starts a gateway as well (09 V-31).
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
