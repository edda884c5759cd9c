import { acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { askingTools } from './asking-tools.ts';
import { contentTools } from './content-tools.ts';
import { inputRequiredTools } from './input-required-tools.ts';
import { redPixelPng } from './media.ts';
import { rawPrompt, type RawPrompt } from './raw-prompt.ts';
import { rawTool, textResult, type RawTool } from './raw-tool.ts';
import { richSchemaTool, headerTool } from './schema-tools.ts';
import type { StateCodec } from './state-codec.ts';

/** Tells clients that a list changed. */
export interface ListChanges {
  toolsChanged(): void;
  promptsChanged(): void;
}

/** The tools and prompts that both fixtures offer, whatever SDK serves them. */
export interface Surface {
  readonly tools: ReadonlyMap<string, RawTool>;
  readonly prompts: ReadonlyMap<string, RawPrompt>;
}

const contextSchema = z.object({ context: z.string() });

/** Builds the surface. */
export function createSurface(changes: ListChanges, codec: StateCodec): Surface {
  const tools = [
    ...contentTools,
    ...askingTools,
    ...inputRequiredTools(codec),
    richSchemaTool,
    headerTool,
    ...changeTools(changes),
  ];
  const prompts = [imagePrompt, askingPrompt];
  return {
    tools: new Map(tools.map((tool) => [tool.wire.name, tool])),
    prompts: new Map(prompts.map((prompt) => [prompt.wire.name, prompt])),
  };
}

const imagePrompt = rawPrompt('test_prompt_with_image', 'A prompt with an image.', async () => ({
  messages: [
    { role: 'user', content: { type: 'image', data: redPixelPng, mimeType: 'image/png' } },
    { role: 'user', content: { type: 'text', text: 'Please analyze the image above.' } },
  ],
}));

const askingPrompt = rawPrompt(
  'test_input_required_result_prompt',
  'A prompt that asks the user.',
  async ({ mcpReq }) => {
    const answer = acceptedContent(mcpReq.inputResponses, 'user_context', contextSchema);
    if (answer !== undefined)
      return { messages: [{ role: 'user', content: { type: 'text', text: `Use this context: ${answer.context}` } }] };
    const message = 'What context should the prompt use?';
    return inputRequired({
      inputRequests: { user_context: inputRequired.elicit({ message, requestedSchema: contextSchema }) },
    });
  },
);

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
