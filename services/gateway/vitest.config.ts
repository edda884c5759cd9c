import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@fairlead/source'] },
  ssr: { resolve: { conditions: ['@fairlead/source'] } },
  test: {
    name: 'gateway',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['@fairlead/testkit/vitest/postgres-setup'],
    // Hang guards: the first database of a run takes some seconds to make.
    hookTimeout: 60_000,
    testTimeout: 30_000,
  },
});
