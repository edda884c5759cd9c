import { z } from 'zod';

const record = z.record(z.string(), z.unknown());

/** One tool as `tools/list` sends it; unknown fields are kept. */
export const mcpTool = z.looseObject({
  name: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: record,
  outputSchema: record.optional(),
  annotations: record.optional(),
  _meta: record.optional(),
});
export type McpTool = z.infer<typeof mcpTool>;

/** One block of content; its fields follow from `type`. */
const mcpContent = z.looseObject({ type: z.string(), text: z.string().optional() });
export type McpContent = z.infer<typeof mcpContent>;

/** The result of a tool call; a failure that the model can mend has `isError`. */
export const mcpToolResult = z.looseObject({
  content: z.array(mcpContent),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
  _meta: record.optional(),
});
export type McpToolResult = z.infer<typeof mcpToolResult>;

/** One resource of `resources/list`. */
export const mcpResource = z.looseObject({ uri: z.string(), name: z.string(), mimeType: z.string().optional() });
export type McpResource = z.infer<typeof mcpResource>;

/** One template of `resources/templates/list`. */
export const mcpResourceTemplate = z.looseObject({ uriTemplate: z.string(), name: z.string() });
export type McpResourceTemplate = z.infer<typeof mcpResourceTemplate>;

/** One part of a resource that was read: text, or base64 in `blob`. */
export const mcpResourceContents = z.looseObject({
  uri: z.string(),
  mimeType: z.string().optional(),
  text: z.string().optional(),
  blob: z.string().optional(),
});
export type McpResourceContents = z.infer<typeof mcpResourceContents>;

/** One prompt of `prompts/list`. */
export const mcpPrompt = z.looseObject({
  name: z.string(),
  description: z.string().optional(),
  arguments: z.array(z.looseObject({ name: z.string(), required: z.boolean().optional() })).optional(),
});
export type McpPrompt = z.infer<typeof mcpPrompt>;

/** A prompt with its arguments filled in. */
export const mcpPromptResult = z.looseObject({
  description: z.string().optional(),
  messages: z.array(z.looseObject({ role: z.string(), content: mcpContent })),
});
export type McpPromptResult = z.infer<typeof mcpPromptResult>;

/** Suggested values for an argument. */
export const mcpCompletion = z.looseObject({
  values: z.array(z.string()),
  total: z.number().optional(),
  hasMore: z.boolean().optional(),
});
export type McpCompletion = z.infer<typeof mcpCompletion>;

/** One report of a running call. */
export const mcpProgress = z.looseObject({
  progress: z.number(),
  total: z.number().optional(),
  message: z.string().optional(),
});
export type McpProgress = z.infer<typeof mcpProgress>;

/** What may be said beside the arguments of a call. */
export interface McpCallOptions {
  /** Cancels the call; the client tells the server. */
  readonly signal?: AbortSignal;
  /** Asks for progress and gets the reports; both SDKs drop one that arrives in one read with the result. */
  readonly onProgress?: (progress: McpProgress) => void;
}

/** What an argument is completed for. */
export interface McpCompletionRequest {
  readonly ref:
    | { readonly type: 'ref/prompt'; readonly name: string }
    | { readonly type: 'ref/resource'; readonly uri: string };
  readonly argument: { readonly name: string; readonly value: string };
  /** Arguments that are already chosen. */
  readonly context?: Readonly<Record<string, string>>;
}

/** Which protocol a connection speaks: with `initialize` (2025-11-25 and before) or without (2026-07-28). */
export type McpEra = 'legacy' | 'modern';

/**
 * A real SDK client of either generation behind one face, so that one test body runs over all. Lists are whole (all pages)
 * and fresh (no cache). Failed calls throw {@link McpCallError}.
 */
export interface McpClient extends AsyncDisposable {
  /** Which SDK is behind it. */
  readonly sdk: 'v1' | 'v2';
  /** What was agreed with the server. */
  readonly era: McpEra;
  /** The server's instructions to the model, if it gave any. */
  readonly instructions: string | undefined;
  listTools(): Promise<readonly McpTool[]>;
  callTool(name: string, args?: Readonly<Record<string, unknown>>, options?: McpCallOptions): Promise<McpToolResult>;
  listResources(): Promise<readonly McpResource[]>;
  listResourceTemplates(): Promise<readonly McpResourceTemplate[]>;
  readResource(uri: string): Promise<readonly McpResourceContents[]>;
  listPrompts(): Promise<readonly McpPrompt[]>;
  getPrompt(name: string, args?: Readonly<Record<string, string>>): Promise<McpPromptResult>;
  complete(request: McpCompletionRequest): Promise<McpCompletion>;
  /** Ends the session, if there is one, and the connection. Safe to call again. */
  close(): Promise<void>;
}
