import { completable } from '@modelcontextprotocol/sdk/server/completable.js';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { GetPromptResultSchema, type GetPromptResult } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import type { RawPrompt } from '../raw-prompt.ts';
import type { StateCodec } from '../state-codec.ts';
import type { Surface } from '../surface.ts';
import { askByRequest, type V1Extra } from './ask-by-request.ts';

/** Registers the prompts that the suite gets, by the means of SDK v1. Those of the surface are shared with the other fixture. */
export function registerV1Prompts(server: McpServer, { prompts }: Surface, codec: StateCodec): void {
  server.registerPrompt('test_simple_prompt', { description: 'A prompt without arguments.' }, () =>
    fromUser({ type: 'text', text: 'This is a simple prompt for testing.' }),
  );
  registerWithArguments(server);
  registerEmbedding(server);
  for (const prompt of prompts.values()) registerShared(server, prompt, codec);
}

function registerWithArguments(server: McpServer): void {
  const argsSchema = {
    arg1: completable(z.string(), startingWith(['paris', 'park', 'party'])),
    arg2: completable(z.string(), startingWith(['world', 'wide'])),
  };
  server.registerPrompt(
    'test_prompt_with_arguments',
    { description: 'A prompt with two arguments.', argsSchema },
    ({ arg1, arg2 }) => fromUser({ type: 'text', text: `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'` }),
  );
}

function registerEmbedding(server: McpServer): void {
  const argsSchema = { resourceUri: z.string() };
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { description: 'A prompt that embeds a resource.', argsSchema },
    ({ resourceUri: uri }) =>
      fromUser(
        {
          type: 'resource',
          resource: { uri, mimeType: 'text/plain', text: 'Embedded resource content for testing.' },
        },
        { type: 'text', text: 'Please process the embedded resource above.' },
      ),
  );
}

function registerShared(server: McpServer, prompt: RawPrompt, codec: StateCodec): void {
  const { name, description } = prompt.wire;
  const serve = async (extra: V1Extra): Promise<GetPromptResult> =>
    GetPromptResultSchema.parse(await askByRequest((context) => prompt.get(context), extra, codec));
  // A prompt without arguments gets the SDK's extra alone, whatever the types of `registerPrompt` say.
  server.registerPrompt(name, { description }, (...received) => serve(z.custom<V1Extra>(isExtra).parse(received[0])));
}

function isExtra(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'sendRequest' in value;
}

function fromUser(...contents: readonly GetPromptResult['messages'][number]['content'][]): GetPromptResult {
  return { messages: contents.map((content) => ({ role: 'user', content })) };
}

function startingWith(values: readonly string[]): (prefix: string) => string[] {
  return (prefix) => values.filter((value) => value.startsWith(prefix));
}
