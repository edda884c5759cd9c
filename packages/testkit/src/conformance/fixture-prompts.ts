import { promptFactory } from '@fairlead/server-kit';
import { z } from 'zod';
import type { FixtureDeps } from './fixture-deps.ts';

const definePrompt = promptFactory<FixtureDeps>();
const permission = 'fixture:read';

/** The prompts of plain text and resources, as ordinary definitions of the kit. */
export const fixturePrompts = [
  definePrompt({
    name: 'test_simple_prompt',
    title: 'Simple prompt',
    description: 'A prompt without arguments.',
    permission,
    arguments: z.strictObject({}),
    render: async () => [{ role: 'user', content: { type: 'text', text: 'This is a simple prompt for testing.' } }],
  }),
  definePrompt({
    name: 'test_prompt_with_arguments',
    title: 'Prompt with arguments',
    description: 'A prompt with two arguments.',
    permission,
    arguments: z.strictObject({
      arg1: z.string().describe('First test argument'),
      arg2: z.string().describe('Second test argument'),
    }),
    render: async (_deps, { arg1, arg2 }) => [
      { role: 'user', content: { type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` } },
    ],
    complete: {
      arg1: async (_deps, prefix) => ['paris', 'park', 'party'].filter((value) => value.startsWith(prefix)),
      arg2: async (_deps, prefix) => ['world', 'wide'].filter((value) => value.startsWith(prefix)),
    },
  }),
  definePrompt({
    name: 'test_prompt_with_embedded_resource',
    title: 'Prompt with a resource',
    description: 'A prompt that embeds a resource.',
    permission,
    arguments: z.strictObject({ resourceUri: z.string().describe('URI of the resource to embed') }),
    render: async (_deps, { resourceUri }) => [
      {
        role: 'user',
        content: {
          type: 'resource',
          resource: { uri: resourceUri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' },
        },
      },
      { role: 'user', content: { type: 'text', text: 'Please process the embedded resource above.' } },
    ],
  }),
];
