import { setTimeout as delay } from 'node:timers/promises';
import {
  defineService,
  promptFactory,
  resourceFactory,
  toolFactory,
  type ChangeNotices,
  type ServiceDefinition,
} from '@fairlead/server-kit';
import { NotFound } from '@fairlead/server-kit/runtime';
import { z } from 'zod';

/** What a test sees of a probe service from the inside. */
export interface ProbeDeps {
  readonly ran: string[];
  readonly aborted: string[];
  changes: ChangeNotices | undefined;
}

const defineTool = toolFactory<ProbeDeps>();
const defineResource = resourceFactory<ProbeDeps>();
const definePrompt = promptFactory<ProbeDeps>();

const echoText = defineTool({
  name: 'echo_text',
  title: 'Echo text',
  description: 'Answer with the text and the caller.',
  permission: 'probe:read',
  effect: 'read',
  toolset: 'all',
  input: z.strictObject({ text: z.string().max(1_000) }),
  output: z.object({ text: z.string(), caller: z.string() }),
  async run({ ran }, { text }, { principal }) {
    ran.push(text);
    return { text, caller: principal.sub };
  },
});

const countSteps = defineTool({
  name: 'count_steps',
  title: 'Count steps',
  description: 'Report progress step by step.',
  permission: 'probe:read',
  effect: 'read',
  toolset: 'all',
  input: z.strictObject({ steps: z.int().min(1).max(20), wait_ms: z.int().min(0).max(1_000) }),
  output: z.object({ steps: z.int() }),
  async run(_deps, { steps, wait_ms: waitMs }, { progress }) {
    for (let step = 1; step <= steps; step += 1) {
      progress(step, steps);
      await delay(waitMs);
    }
    return { steps };
  },
});

const waitLong = defineTool({
  name: 'wait_long',
  title: 'Wait',
  description: 'Wait until the call is aborted.',
  permission: 'probe:read',
  effect: 'read',
  toolset: 'all',
  timeoutMs: 60_000,
  input: z.strictObject({ name: z.string(), milliseconds: z.int().max(60_000).default(60_000) }),
  output: z.object({ waited: z.boolean() }),
  async run({ ran, aborted }, { name, milliseconds }, { signal }) {
    ran.push(name);
    try {
      await delay(milliseconds, undefined, { signal });
    } catch (error) {
      aborted.push(name);
      throw error;
    }
    return { waited: true };
  },
});

const storeThing = defineTool({
  name: 'store_thing',
  title: 'Store a thing',
  description: 'Store a thing.',
  permission: 'probe:write',
  effect: 'write',
  toolset: 'change',
  input: z.strictObject({ name: z.string().max(100) }),
  output: z.object({ id: z.string() }),
  plan: async (_deps, { name }) => ({ store: name }),
  async run({ ran }, { name }) {
    ran.push(`store ${name}`);
    return { id: `thing-${ran.length}` };
  },
});

const removeShelf = defineTool({
  name: 'remove_shelf',
  title: 'Remove a shelf',
  description: 'Ask twice, then remove a shelf.',
  permission: 'probe:write',
  effect: 'write',
  toolset: 'change',
  asks: true,
  input: z.strictObject({ name: z.string().max(100) }),
  output: z.object({ removed: z.boolean(), reason: z.string() }),
  plan: async (_deps, { name }) => ({ remove: name }),
  async run({ ran }, { name }, { ask }) {
    const sure = await ask('sure', { message: `Remove ${name}?`, schema: z.object({ yes: z.boolean() }) });
    if (sure.action !== 'accept' || !sure.answer.yes) return { removed: false, reason: sure.action };
    const why = await ask('why', { message: 'Why?', schema: z.object({ reason: z.string().min(1) }) });
    if (why.action !== 'accept') return { removed: false, reason: why.action };
    ran.push(`remove ${name}`);
    return { removed: true, reason: why.answer.reason };
  },
});

const thing = defineResource({
  name: 'thing',
  title: 'A thing',
  description: 'A thing by name.',
  uri: 'probe://{name}',
  mimeType: 'text/plain',
  permission: 'probe:read',
  list: async () => [{ uri: 'probe://lamp', name: 'lamp' }],
  read: async (_deps, { name = '' }, { uri }) =>
    name === 'lamp' ? [{ uri, mimeType: 'text/plain', text: 'A lamp.' }] : undefined,
  complete: { name: async (_deps, prefix) => ['lamp', 'ladder', 'rope'].filter((name) => name.startsWith(prefix)) },
});

const describeThing = definePrompt({
  name: 'describe_thing',
  title: 'Describe a thing',
  description: 'Ask for a description.',
  permission: 'probe:read',
  arguments: z.strictObject({ name: z.string().min(1).describe('Name of the thing') }),
  async render(_deps, { name }) {
    if (name === 'ghost') throw new NotFound('NOT_FOUND', { publicMessage: 'There is no ghost.' });
    return [{ role: 'user', content: { type: 'text', text: `Describe ${name}.` } }];
  },
});

/** Builds a service that shows what the kit does: one tool, resource and prompt of each kind. */
export function createProbeService(
  deps: ProbeDeps = { ran: [], aborted: [], changes: undefined },
): ServiceDefinition<ProbeDeps, Record<string, never>> {
  return defineService({
    name: 'probe',
    title: 'Probe',
    instructions: 'A service for tests of the kit.',
    packageFolder: new URL('../', import.meta.url),
    ports: { mcp: 0, ops: 0 },
    config: {},
    defaultToolsets: ['all', 'change'],
    tools: [echoText, countSteps, waitLong, storeThing, removeShelf],
    resources: [thing],
    prompts: [describeThing],
    setup: async ({ changes }) => {
      deps.changes = changes;
      return { deps };
    },
  });
}
