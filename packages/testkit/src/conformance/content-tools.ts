import { setTimeout as delay } from 'node:timers/promises';
import { redPixelPng, silentWav } from './media.ts';
import { rawTool, textResult, type RawContext, type RawTool } from './raw-tool.ts';

const STEP_MS = 50;

const embedded = {
  uri: 'test://embedded-resource',
  mimeType: 'text/plain',
  text: 'This is an embedded resource content.',
};
const mixed = {
  uri: 'test://mixed-content-resource',
  mimeType: 'application/json',
  text: '{"test":"data","value":123}',
};

/** Tools that answer with each kind of content, fail, log, and report progress. */
export const contentTools: readonly RawTool[] = [
  rawTool('test_simple_text', 'Answers with a text.', {
    run: async () => textResult('This is a simple text response for testing.'),
  }),
  rawTool('test_image_content', 'Answers with an image.', {
    run: async () => ({ content: [{ type: 'image', data: redPixelPng, mimeType: 'image/png' }] }),
  }),
  rawTool('test_audio_content', 'Answers with a sound.', {
    run: async () => ({ content: [{ type: 'audio', data: silentWav, mimeType: 'audio/wav' }] }),
  }),
  rawTool('test_embedded_resource', 'Answers with a resource.', {
    run: async () => ({ content: [{ type: 'resource', resource: embedded }] }),
  }),
  rawTool('test_multiple_content_types', 'Answers with a text, an image and a resource.', {
    run: async () => ({
      content: [
        { type: 'text', text: 'Multiple content types test:' },
        { type: 'image', data: redPixelPng, mimeType: 'image/png' },
        { type: 'resource', resource: mixed },
      ],
    }),
  }),
  rawTool('test_error_handling', 'Always fails.', {
    run: async () => ({
      content: [{ type: 'text', text: 'This tool intentionally returns an error for testing' }],
      isError: true,
    }),
  }),
  rawTool('test_tool_with_logging', 'Sends three log notices.', {
    run: async (_input, context) => {
      for (const text of ['Tool execution started', 'Tool processing data', 'Tool execution completed']) {
        await logNotice(context, text);
        await delay(STEP_MS);
      }
      return textResult('Logged three times.');
    },
  }),
  rawTool('test_logging_tool', 'Sends a log notice when the client asked for the level.', {
    run: async (_input, context) => {
      await logNotice(context, 'A log notice.');
      return textResult('Logged when asked.');
    },
  }),
  rawTool('test_tool_with_progress', 'Reports progress three times.', {
    run: async (_input, context) => {
      const progressToken = context.mcpReq._meta?.progressToken;
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined)
          await context.mcpReq.notify({
            method: 'notifications/progress',
            params: { progressToken, progress, total: 100 },
          });
        await delay(STEP_MS);
      }
      return textResult(`Progress reported. Token: ${String(progressToken)}`);
    },
  }),
  rawTool('test_reconnection', 'Closes the stream in mid-call, so that the client must come back for the answer.', {
    run: async (_input, context) => {
      context.http?.closeSSE?.();
      await delay(2 * STEP_MS);
      return textResult(
        'Reconnection test completed successfully. If you received this, the client properly reconnected after stream closure.',
      );
    },
  }),
];

/** Sends a log notice. A modern client gets one only when its request names a level (03 C6). */
async function logNotice({ mcpReq }: RawContext, data: string): Promise<void> {
  const isModern = mcpReq.envelope !== undefined;
  const level: unknown = Reflect.get(mcpReq.envelope ?? {}, 'io.modelcontextprotocol/logLevel');
  if (!isModern || typeof level === 'string')
    await mcpReq.notify({ method: 'notifications/message', params: { level: 'info', data } });
}
