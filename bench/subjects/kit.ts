// A service of the kit as it runs alone: API key, permission check, metrics and log on.
import { defineService, toolFactory } from '@fairlead/server-kit';
import { startTestService } from '@fairlead/server-kit/testing';
import { toolInput, toolNames, toolOutput, toolTexts } from './benchmark-tool.ts';
import { announceReady } from './ready-line.ts';

const role = 'caller';
const defineTool = toolFactory<object>();
const service = defineService({
  name: 'bench',
  title: 'Benchmark',
  instructions: 'Adds numbers.',
  packageFolder: new URL('../', import.meta.url),
  ports: { mcp: 0, ops: 0 },
  config: {},
  defaultToolsets: ['all'],
  tools: toolNames().map((name) => defineAdder(name)),
  setup: () => Promise.resolve({ deps: {} }),
});

const running = await startTestService(service, {
  logLevel: 'info',
  roles: { [role]: { allow: ['bench:read'], deny: [] } },
});
process.once('SIGTERM', () => void running.stop());
announceReady({ url: running.mcpUrl, key: running.keys[role] });

function defineAdder(name: string): ReturnType<typeof defineTool> {
  return defineTool({
    name,
    ...toolTexts,
    permission: 'bench:read',
    effect: 'read',
    toolset: 'all',
    input: toolInput,
    output: toolOutput,
    run: (_deps, { a, b }) => Promise.resolve({ sum: a + b }),
  });
}
