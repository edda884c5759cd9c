import { z } from 'zod';
import { defineTool } from '../define-tool.ts';

const integration = z.object({
  system: z.enum(['github', 'slack']),
  state: z.enum(['configured', 'not_configured', 'unreachable']),
  double: z.boolean().describe('true: a stand-in answers, not the real system.'),
  writes: z.boolean().describe('Whether anything in it may be changed.'),
  scope: z.array(z.string()).describe('Targets, each with what may be done to it.'),
});

/** Lists the outside systems of this server. Those that are set up are asked whether they answer; an answer may be half a minute old. */
export const tool = defineTool({
  name: 'list_integrations',
  title: 'List integrations',
  description: 'List the systems this server can reach and what you may change in them.',
  permission: 'devops:read',
  toolset: 'status',
  effect: 'read',
  input: z.strictObject({}),
  output: z.object({ integrations: z.array(integration) }),
  async run({ integrations }) {
    const known = await integrations.list();
    return { integrations: known.map((entry) => ({ ...entry, scope: [...entry.scope] })) };
  },
});
