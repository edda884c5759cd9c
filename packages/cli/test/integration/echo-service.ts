import { once } from 'node:events';
import { defineService, toolFactory, type ServiceDefinition } from '@fairlead/server-kit';
import { defineConfig, NotFound } from '@fairlead/server-kit/runtime';
import { z } from 'zod';

/** What the tools of the echo service leave behind for a test to see. */
export interface EchoLog {
  /** Names of the calls that were cancelled while they ran. */
  readonly cancelled: string[];
}

const config = defineConfig({});
const defineTool = toolFactory<EchoLog>();

const echo = defineTool({
  name: 'echo_text',
  title: 'Echo',
  description: 'Answers what it was sent.',
  permission: 'echo:read',
  toolset: 'echo',
  effect: 'read',
  input: z.strictObject({ text: z.string(), times: z.int().min(1).max(3).default(1) }),
  output: z.object({ echoed: z.string() }),
  text: ({ echoed }) => echoed,
  run: async (_deps, { text, times }) => ({ echoed: Array.from({ length: times }, () => text).join(' ') }),
});

const count = defineTool({
  name: 'count_up',
  title: 'Count up',
  description: 'Reports progress and answers the sum.',
  permission: 'echo:read',
  toolset: 'echo',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({ sum: z.int() }),
  async run(_deps, _input, context) {
    context.progress(1, 2);
    return { sum: 3 };
  },
});

const wait = defineTool({
  name: 'wait_long',
  title: 'Wait',
  description: 'Waits until it is cancelled.',
  permission: 'echo:read',
  toolset: 'echo',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({}),
  async run({ cancelled }, _input, { signal }) {
    if (!signal.aborted) await once(signal, 'abort');
    cancelled.push('wait_long');
    return {};
  },
});

const find = defineTool({
  name: 'find_nothing',
  title: 'Find nothing',
  description: 'Finds nothing, and says so as an error.',
  permission: 'echo:secret',
  toolset: 'echo',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({}),
  run: async () => {
    throw new NotFound('FILE_NOT_FOUND', { publicMessage: 'There is nothing. Look elsewhere.' });
  },
});

/** A real service of four tools, small enough that a test knows all of it. */
export function createEchoService(log: EchoLog): ServiceDefinition<EchoLog, typeof config> {
  return defineService<EchoLog, typeof config>({
    name: 'echo',
    title: 'Echo',
    instructions: 'Echoes.',
    packageFolder: new URL('../../', import.meta.url),
    ports: { mcp: 7_300, ops: 7_301 },
    config,
    defaultToolsets: ['echo'],
    tools: [echo, count, wait, find],
    setup: async () => ({ deps: log }),
  });
}

/** Roles: `admin` may call everything, `reader` all but one tool. */
export const echoRoles = {
  admin: { allow: ['*'], deny: [] },
  reader: { allow: ['echo:read'], deny: [] },
};
