import { z } from 'zod';
import type { McpCallError } from './mcp-call-error.ts';
import {
  mcpCompletion,
  mcpProgress,
  mcpPrompt,
  mcpPromptResult,
  mcpResource,
  mcpResourceContents,
  mcpResourceTemplate,
  mcpTool,
  mcpToolResult,
  type McpCallOptions,
  type McpClient,
  type McpCompletionRequest,
} from './mcp-client.ts';

/** Options in the words that both SDKs share. */
export interface SdkRequestOptions {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: unknown) => void;
}

/** One page of a list is asked for by its cursor. */
export interface SdkPage {
  readonly cursor?: string;
}

/** What the two SDK clients can do, with answers not yet parsed. */
export interface SdkCalls {
  listTools(page: SdkPage): Promise<unknown>;
  callTool(params: { name: string; arguments: Record<string, unknown> }, options: SdkRequestOptions): Promise<unknown>;
  listResources(page: SdkPage): Promise<unknown>;
  listResourceTemplates(page: SdkPage): Promise<unknown>;
  readResource(params: { uri: string }): Promise<unknown>;
  listPrompts(page: SdkPage): Promise<unknown>;
  getPrompt(params: { name: string; arguments: Record<string, string> }): Promise<unknown>;
  complete(params: SdkCompletion): Promise<unknown>;
  /** Ends the session and the connection. */
  close(): Promise<void>;
  /** Reads the SDK's own errors. */
  toCallError(error: unknown): McpCallError;
}

/** The parameters of `completion/complete`. */
export interface SdkCompletion {
  ref: McpCompletionRequest['ref'];
  argument: McpCompletionRequest['argument'];
  context?: { arguments: Record<string, string> };
}

const pagesMax = 1_000;
const readAnswer = z.looseObject({ contents: z.array(mcpResourceContents) });
const completeAnswer = z.looseObject({ completion: mcpCompletion });

/** Puts the common face on the calls of an SDK: parses answers, walks pages, makes errors alike. */
export function toMcpClient(calls: SdkCalls, facts: Pick<McpClient, 'sdk' | 'era' | 'instructions'>): McpClient {
  const ask = async <Answer>(call: Promise<unknown>, schema: z.ZodType<Answer>): Promise<Answer> => {
    const answer = await call.catch((error: unknown) => {
      throw calls.toCallError(error);
    });
    return schema.parse(answer);
  };
  const list = async <Item>(page: (page: SdkPage) => Promise<unknown>, answer: z.ZodType<ListAnswer<Item>>) =>
    walk((position) => ask(page(position), answer));
  return {
    ...facts,
    listTools: () => list((page) => calls.listTools(page), listOf('tools', mcpTool)),
    callTool: (name, args = {}, options = {}) =>
      ask(calls.callTool({ name, arguments: args }, sdkOptions(options)), mcpToolResult),
    listResources: () => list((page) => calls.listResources(page), listOf('resources', mcpResource)),
    listResourceTemplates: () =>
      list((page) => calls.listResourceTemplates(page), listOf('resourceTemplates', mcpResourceTemplate)),
    readResource: async (uri) => (await ask(calls.readResource({ uri }), readAnswer)).contents,
    listPrompts: () => list((page) => calls.listPrompts(page), listOf('prompts', mcpPrompt)),
    getPrompt: (name, args = {}) => ask(calls.getPrompt({ name, arguments: args }), mcpPromptResult),
    complete: async (request) => (await ask(calls.complete(sdkCompletion(request)), completeAnswer)).completion,
    close: () => calls.close(),
    [Symbol.asyncDispose]: () => calls.close(),
  };
}

interface ListAnswer<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | undefined;
}

function listOf<Item>(field: string, item: z.ZodType<Item>): z.ZodType<ListAnswer<Item>> {
  const items = z.array(item);
  return z
    .looseObject({ nextCursor: z.string().optional() })
    .transform((answer) => ({ items: items.parse(answer[field]), nextCursor: answer.nextCursor }));
}

/** Follows the cursors to the end. A server that never ends a list fails the test instead of hanging it. */
async function walk<Item>(page: (page: SdkPage) => Promise<ListAnswer<Item>>): Promise<readonly Item[]> {
  const items: Item[] = [];
  let position: SdkPage = {};
  for (let count = 0; count < pagesMax; count += 1) {
    const answer = await page(position);
    items.push(...answer.items);
    if (answer.nextCursor === undefined) return items;
    position = { cursor: answer.nextCursor };
  }
  throw new RangeError(`a list did not end after ${pagesMax} pages`);
}

function sdkOptions({ signal, onProgress }: McpCallOptions): SdkRequestOptions {
  return {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onprogress: (progress) => onProgress(mcpProgress.parse(progress)) }),
  };
}

function sdkCompletion({ ref, argument, context }: McpCompletionRequest): SdkCompletion {
  return { ref, argument, ...(context === undefined ? {} : { context: { arguments: { ...context } } }) };
}
