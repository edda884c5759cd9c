import type { Principal } from '@fairlead/contracts';
import {
  inputRequired,
  McpServer,
  ProtocolError,
  ResourceNotFoundError,
  type CallToolResult,
  type InputRequiredResult,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { RequestScope } from '../call/request-scope.ts';
import { cancellationOf } from '../call/cancellation.ts';
import type { LiveContext } from '../call/live-context.ts';
import { InputNeeded } from '../call/input-needed.ts';
import { RpcError, rpcCode } from '../call/rpc-error.ts';
import type { ToolExecutor } from '../call/tool-executor.ts';
import { ServiceError } from '../runtime/errors/service-error.ts';
import type { Logger } from '../runtime/logger.ts';
import type { CompiledTool } from '../tools/compiled-tool.ts';
import { asServiceError } from '../tools/error-result.ts';
import type { PrincipalView } from './principal-view.ts';
import { isRecord } from './json-rpc.ts';
import { envelopeKeys, LIST_TTL_MS, type Era } from './protocol.ts';
import type { Surface } from './surface.ts';

/** What a transport knows of a request that reached the SDK's object: who, and under which trace. */
export interface RequestBinding {
  readonly principal: Principal;
  readonly traceId: string;
  readonly log: Logger;
}

/** What an SDK server object is built from. */
export interface SdkServerOptions {
  readonly surface: Surface;
  readonly executor: ToolExecutor;
  readonly era: Era;
  /** Finds the caller of a request; the SDK's object itself never knows one (03 P-02). */
  bind(context: ServerContext): RequestBinding;
  /** Subscriptions of this object's only client; absent where a client cannot be reached. */
  readonly subscriptions?: Set<string>;
}

const privateList = { ttlMs: LIST_TTL_MS, cacheScope: 'private' } as const;
const privateRead = { ttlMs: 0, cacheScope: 'private' } as const;

/**
 * Builds one SDK server object over a surface. It holds no state of a caller, so one object serves all callers of an era
 * for the life of the process (01 §9.4).
 */
export function createSdkServer(options: SdkServerOptions): McpServer {
  const { surface, era } = options;
  const mcp = new McpServer(
    { ...surface.serverInfo },
    {
      capabilities: surface.capabilities,
      instructions: surface.instructions,
      cacheHints: {
        'tools/list': privateList,
        'prompts/list': privateList,
        'resources/list': privateList,
        'resources/templates/list': privateList,
        'resources/read': privateRead,
        'server/discover': privateList,
      },
      ...surface.raw?.serverOptions,
    },
  );
  if (surface.capabilities.tools !== undefined) handleTools(mcp, options);
  if (surface.capabilities.resources !== undefined) handleResources(mcp, options);
  if (surface.capabilities.prompts !== undefined) handlePrompts(mcp, options);
  if (surface.capabilities.completions !== undefined) handleCompletion(mcp, options);
  if (options.subscriptions !== undefined && surface.capabilities.resources !== undefined)
    handleSubscriptions(mcp, options, options.subscriptions);
  surface.raw?.install?.(mcp, era);
  return mcp;
}

function handleTools(mcp: McpServer, options: SdkServerOptions): void {
  const { surface, executor } = options;
  mcp.server.setRequestHandler('tools/list', (_request, context) => ({
    tools: mutable(viewOf(options, context).wireTools),
  }));
  mcp.server.setRequestHandler('tools/call', async (request, context) =>
    answering(options, { context }, async () => {
      const { name, arguments: input = {} } = request.params;
      const tool = viewOf(options, context).tool(name);
      if (tool !== undefined) return callTool(executor, tool, { input, scope: askingScope(options, context) });
      if (surface.raw?.tools().some((raw) => raw.name === name) === true)
        return surface.raw.callTool({ name, arguments: input }, context, mcp);
      throw new RpcError(rpcCode.invalidParams, `Unknown tool: ${name}`);
    }),
  );
}

function handleResources(mcp: McpServer, options: SdkServerOptions): void {
  const { resources } = options.surface;
  mcp.server.setRequestHandler('resources/list', async (request, context) =>
    answering(options, { context }, async (live) => {
      refuseCursor(request.params?.cursor);
      return { resources: mutable(await resources.list(viewOf(options, context).may, live)) };
    }),
  );
  mcp.server.setRequestHandler('resources/templates/list', async (request, context) =>
    answering(options, { context }, async () => {
      refuseCursor(request.params?.cursor);
      return { resourceTemplates: mutable(resources.templates(viewOf(options, context).may)) };
    }),
  );
  mcp.server.setRequestHandler('resources/read', async (request, context) =>
    answering(options, { context, uri: request.params.uri }, async (live) => {
      const { uri } = live;
      const contents = await resources.read(viewOf(options, context).may, live);
      if (contents === undefined) throw new ResourceNotFoundError(uri);
      return { contents: mutable(contents) };
    }),
  );
}

function handlePrompts(mcp: McpServer, options: SdkServerOptions): void {
  const { prompts, raw } = options.surface;
  mcp.server.setRequestHandler('prompts/list', async (request, context) =>
    answering(options, { context }, async () => {
      refuseCursor(request.params?.cursor);
      return { prompts: mutable([...prompts.list(viewOf(options, context).may), ...(raw?.prompts() ?? [])]) };
    }),
  );
  mcp.server.setRequestHandler('prompts/get', async (request, context) =>
    answering(options, { context }, async (live) => {
      const { name, arguments: values = {} } = request.params;
      if (raw?.prompts().some((prompt) => prompt.name === name) === true)
        return raw.getPrompt({ name, arguments: values }, context);
      return mutable(await prompts.render({ name, arguments: values }, viewOf(options, context).may, live));
    }),
  );
}

function handleCompletion(mcp: McpServer, options: SdkServerOptions): void {
  const { prompts, resources } = options.surface;
  mcp.server.setRequestHandler('completion/complete', async (request, context) =>
    answering(options, { context }, async (live) => {
      const { ref, argument } = request.params;
      const { may } = viewOf(options, context);
      const values =
        ref.type === 'ref/prompt'
          ? await prompts.complete({ name: ref.name, argument: argument.name, prefix: argument.value }, may, live)
          : await resources.complete(
              { uriTemplate: ref.uri, variable: argument.name, prefix: argument.value },
              may,
              live,
            );
      return { completion: { values: [...values], total: values.length, hasMore: false } };
    }),
  );
}

function handleSubscriptions(mcp: McpServer, options: SdkServerOptions, subscriptions: Set<string>): void {
  mcp.server.setRequestHandler('resources/subscribe', async (request, context) =>
    answering(options, { context, uri: request.params.uri }, async (live) => {
      const isReadable = await options.surface.resources.isReadable(viewOf(options, context).may, live);
      if (!isReadable) throw new ResourceNotFoundError(live.uri);
      subscriptions.add(live.uri);
      return {};
    }),
  );
  mcp.server.setRequestHandler('resources/unsubscribe', (request) => {
    subscriptions.delete(request.params.uri);
    return {};
  });
}

/** Runs a tool; a question of it becomes an `input_required` result, which the SDK turns into requests for old clients. */
async function callTool(
  executor: ToolExecutor,
  tool: CompiledTool,
  call: { readonly input: Readonly<Record<string, unknown>>; readonly scope: RequestScope },
): Promise<CallToolResult | InputRequiredResult> {
  try {
    return mutable(await executor.execute(tool, call.input, call.scope));
  } catch (error) {
    if (!(error instanceof InputNeeded)) throw error;
    const { key, message, schema } = error.question;
    const request = inputRequired.elicit({ message, requestedSchema: schema });
    return inputRequired({ inputRequests: { [key]: request }, requestState: error.state });
  }
}

/** The scope of a tool call, with what came back of an earlier round when the client can be asked. */
function askingScope(options: SdkServerOptions, context: ServerContext): RequestScope {
  const scope = scopeOf(options, context);
  if (!canBeAsked(options, context)) return scope;
  const { inputResponses: replies, requestState } = context.mcpReq;
  return { ...scope, returnedInput: { replies, state: requestState<string>() } };
}

/**
 * A modern client says it with each request. A legacy one can be asked when it can be reached; the SDK then holds it to
 * the capabilities that it declared when its session began.
 */
function canBeAsked(options: SdkServerOptions, context: ServerContext): boolean {
  if (options.era === 'legacy') return options.subscriptions !== undefined;
  const declared: unknown = Reflect.get(context.mcpReq.envelope ?? {}, envelopeKeys.clientCapabilities);
  return isRecord(declared) && declared['elicitation'] !== undefined;
}

function viewOf(options: SdkServerOptions, context: ServerContext): PrincipalView {
  return options.surface.views.of(options.bind(context).principal);
}

function scopeOf(options: SdkServerOptions, context: ServerContext): RequestScope {
  return {
    ...options.bind(context),
    cancellation: cancellationOf(context.mcpReq.signal),
    progressToken: context.mcpReq._meta?.progressToken,
    notify: (method, params) => void context.mcpReq.notify({ method, params: { ...params } }).catch(() => undefined),
  };
}

/** Runs a handler with a live context and turns its errors into protocol errors. */
async function answering<Result>(
  options: SdkServerOptions,
  request: { readonly context: ServerContext; readonly uri?: string },
  work: (live: LiveContext) => Promise<Result>,
): Promise<Result> {
  const { context, uri = '' } = request;
  const scope = scopeOf(options, context);
  const live = options.executor.newContext({
    scope,
    signalSource: context.mcpReq,
    subject: context.mcpReq.method,
    input: {},
    uri,
  });
  try {
    return await work(live);
  } catch (error) {
    throw asProtocolError(error, scope);
  } finally {
    live.close();
  }
}

function asProtocolError(error: unknown, scope: RequestScope): unknown {
  if (error instanceof RpcError) return new ProtocolError(error.code, error.message, error.data);
  if (error instanceof ProtocolError) return error;
  const failure = asServiceError(error, scope.traceId);
  if (!ServiceError.is(error)) scope.log.error({ err: failure }, 'request.failed');
  return new ProtocolError(rpcCode.internalError, `${failure.code}: ${failure.publicMessage}`, {
    code: failure.code,
    retryable: failure.retryable,
  });
}

/** Our lists come whole, so no cursor was ever given out. */
function refuseCursor(cursor: string | undefined): void {
  if (cursor !== undefined) throw new RpcError(rpcCode.invalidParams, 'Invalid cursor. Start again without a cursor.');
}

/** The SDK's types want mutable values. It does not change what it is given; the narrowing only drops `readonly`. */
function mutable<Value>(value: Value): Mutable<Value> {
  return value as Mutable<Value>;
}

type Mutable<Value> = Value extends object ? { -readonly [Key in keyof Value]: Mutable<Value[Key]> } : Value;
