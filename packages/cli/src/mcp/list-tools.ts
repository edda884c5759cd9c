import { z } from 'zod';
import type { McpConnection } from './mcp-connection.ts';

const listedTool = z.looseObject({
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: z.record(z.string(), z.unknown()),
});
/** A tool as `tools/list` sends it; fields beside these survive. */
export type ListedTool = z.infer<typeof listedTool>;

const toolPage = z.looseObject({ tools: z.array(listedTool), nextCursor: z.string().optional() });

/** All tools that the key may call, over all pages. */
export async function listTools(connection: McpConnection, signal: AbortSignal): Promise<readonly ListedTool[]> {
  const tools: ListedTool[] = [];
  let cursor: string | undefined;
  do {
    const page = toolPage.parse(
      await connection.request('tools/list', cursor === undefined ? {} : { cursor }, { signal }),
    );
    tools.push(...page.tools);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return tools;
}
