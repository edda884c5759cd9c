import { randomUUID } from 'node:crypto';
import { defineService } from '@fairlead/server-kit';
import { config } from './config.ts';
import type { CodePromptsDeps } from './deps.ts';

/** Prompts for work on code. It has no tools, and reads no file: code comes as an argument. */
export const service = defineService<CodePromptsDeps, typeof config>({
  name: 'code-prompts',
  title: 'Code prompts',
  instructions:
    'Prompts that explain and review code, explain errors, and suggest refactorings. Give the code itself, not a path.',
  packageFolder: new URL('../', import.meta.url),
  ports: { mcp: 7105, ops: 7205 },
  config,
  defaultToolsets: ['all'],
  prompts: new URL('./prompts/', import.meta.url),
  async setup() {
    return { deps: { newMark: randomUUID } };
  },
});
