import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@fairlead/source'] },
  ssr: { resolve: { conditions: ['@fairlead/source'] } },
  test: { name: 'example-file-search', include: ['src/**/*.test.ts', 'test/**/*.test.ts'] },
});
