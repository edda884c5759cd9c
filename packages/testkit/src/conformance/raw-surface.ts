import type { RawSurface } from '@fairlead/server-kit';
import { acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { askingTools } from './asking-tools.ts';
import { contentTools } from './content-tools.ts';
import { inputRequiredTools } from './input-required-tools.ts';
import { redPixelPng } from './media.ts';
import { rawTool, textResult, type RawTool } from './raw-tool.ts';
import { richSchemaTool, headerTool } from './schema-tools.ts';
import { createStateCodec } from './state-codec.ts';

const contextSchema = z.object({ context: z.string() });

/** Tells clients that a list changed. */
export interface ListChanges {
  toolsChanged(): void;
  promptsChanged(): void;
}

const rawPrompts = [
  { name: 'test_prompt_with_image', description: 'A prompt with an image.', arguments: [] },
  { name: 'test_input_required_result_prompt', description: 'A prompt that asks the user.', arguments: [] },
];

/** Builds what the SDK's own object serves in the conformance fixture. */
export function createRawSurface(changes: ListChanges): RawSurface {
  const codec = createStateCodec();
  const tools = new Map(
    [
      ...contentTools,
      ...askingTools,
      ...inputRequiredTools(codec),
      richSchemaTool,
      headerTool,
      ...changeTools(changes),
    ].map((tool) => [tool.wire.name, tool]),
  );
  return {
    capabilities: { logging: {} },
    serverOptions: { requestState: { verify: (state) => codec.verify(state) } },
    tools: () => [...tools.values()].map((tool) => tool.wire),
    callTool: async ({ name, arguments: input }, context) => {
      const tool = tools.get(name);
      if (tool === undefined) throw new Error(`the fixture has no tool ${name}`);
      return tool.run(input, context);
    },
    prompts: () => rawPrompts,
    getPrompt: async ({ name }, context) => {
      if (name === 'test_prompt_with_image') return imagePrompt;
      const answer = acceptedContent(context.mcpReq.inputResponses, 'user_context', contextSchema);
      if (answer !== undefined)
        return { messages: [{ role: 'user', content: { type: 'text', text: `Use this context: ${answer.context}` } }] };
      const message = 'What context should the prompt use?';
      return inputRequired({
        inputRequests: { user_context: inputRequired.elicit({ message, requestedSchema: contextSchema }) },
      });
    },
  };
}

const imagePrompt: Extract<Awaited<ReturnType<RawSurface['getPrompt']>>, { messages: unknown }> = {
  messages: [
    { role: 'user', content: { type: 'image', data: redPixelPng, mimeType: 'image/png' } },
    { role: 'user', content: { type: 'text', text: 'Please analyze the image above.' } },
  ],
};

function changeTools(changes: ListChanges): readonly RawTool[] {
  return [
    rawTool('test_trigger_tool_change', 'Says that the list of tools changed.', {
      run: async () => {
        changes.toolsChanged();
        return textResult('The list of tools changed.');
      },
    }),
    rawTool('test_trigger_prompt_change', 'Says that the list of prompts changed.', {
      run: async () => {
        changes.promptsChanged();
        return textResult('The list of prompts changed.');
      },
    }),
  ];
}
