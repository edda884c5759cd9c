import { defineService, promptFactory, resourceFactory, toolFactory } from '@fairlead/server-kit';
import type { ConfigDefinition } from '@fairlead/server-kit/runtime';
import { startTestService, type TestService } from '@fairlead/server-kit/testing';
import { z } from 'zod';

interface NoDeps {
  readonly none?: never;
}

const defineTool = toolFactory<NoDeps>();
const defineResource = resourceFactory<NoDeps>();
const definePrompt = promptFactory<NoDeps>();

const whoAmI = defineTool({
  name: 'who_am_i',
  title: 'Who am I',
  description: 'Say who calls, as the service sees it.',
  permission: 'notes:read',
  effect: 'read',
  toolset: 'notes',
  input: z.strictObject({}),
  output: z.object({ sub: z.string(), via: z.string(), allow: z.array(z.string()) }),
  run: async (_deps, _input, { principal }) => ({
    sub: principal.sub,
    via: principal.via,
    allow: [...principal.allow],
  }),
});

const addNote = defineTool({
  name: 'add_note',
  title: 'Add note',
  description: 'Add a note.',
  permission: 'notes:write',
  effect: 'write',
  toolset: 'notes',
  input: z.strictObject({ text: z.string() }),
  output: z.object({ length: z.int() }),
  plan: async (_deps, { text }) => ({ length: text.length }),
  run: async (_deps, { text }) => ({ length: text.length }),
});

const countSlowly = defineTool({
  name: 'count_slowly',
  title: 'Count slowly',
  description: 'Count, and report each step.',
  permission: 'notes:read',
  effect: 'read',
  toolset: 'notes',
  input: z.strictObject({ steps: z.int().min(1).max(5) }),
  output: z.object({ counted: z.int() }),
  async run(_deps, { steps }, { progress }) {
    for (let step = 1; step <= steps; step += 1) {
      progress(step, steps);
      // Long enough apart that the reports are not merged into one (at most ten a second).
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    return { counted: steps };
  },
});

const note = defineResource({
  name: 'note',
  title: 'Note',
  description: 'One note.',
  uri: 'note://{id}',
  mimeType: 'text/plain',
  permission: 'notes:read',
  list: async () => [{ uri: 'note://first', name: 'first' }],
  read: async (_deps, { id }, { uri }) =>
    id === 'missing' ? undefined : [{ uri, mimeType: 'text/plain', text: `note ${id ?? ''}` }],
});

const summarize = definePrompt({
  name: 'summarize',
  title: 'Summarize',
  description: 'Summarize the notes on a topic.',
  permission: 'notes:read',
  arguments: z.strictObject({ topic: z.string().describe('What about') }),
  render: async (_deps, { topic }) => [{ role: 'user', content: { type: 'text', text: `Summarize ${topic}.` } }],
  complete: { topic: async (_deps, prefix) => ['tea', 'trees', 'rain'].filter((topic) => topic.startsWith(prefix)) },
});

/** Starts a real service on the server-kit that trusts the gateway at `gatewayUrl`: tools, a resource, a prompt. */
export function startKitBackend(gatewayUrl: string): Promise<TestService> {
  const service = defineService<NoDeps, ConfigDefinition>({
    name: 'notes',
    title: 'Notes',
    instructions: 'Notes of a team.',
    packageFolder: new URL('../../', import.meta.url),
    ports: { mcp: 7_300, ops: 7_301 },
    config: {},
    defaultToolsets: ['notes'],
    tools: [whoAmI, addNote, countSlowly],
    resources: [note],
    prompts: [summarize],
    setup: async () => ({ deps: {} }),
  });
  return startTestService(service, { environment: { GATEWAY_JWKS_URL: `${gatewayUrl}/.well-known/jwks.json` } });
}
