import { z } from 'zod';
import { CliError } from '../cli-error.ts';
import { exitCode } from '../exit-code.ts';
import { modernHeaders, modernVersion, requestMeta } from './protocol.ts';
import { readEventStream } from './read-event-stream.ts';
import { refusal } from './refusal.ts';
import { RpcFailure } from './rpc-failure.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** What a connection is made of. */
export interface ConnectionOptions {
  /** The MCP endpoint. */
  readonly url: string;
  readonly key: string;
  readonly version: string;
  readonly fetch: typeof fetch;
}

/** Speaks MCP to one endpoint, in the modern era: no session, every request describes itself. */
export interface McpConnection {
  /**
   * Sends one request and resolves to its result.
   *
   * @throws RpcFailure for a JSON-RPC error; CliError when the endpoint does not answer, or refuses the key.
   */
  request(method: string, params: JsonObject, options: RequestOptions): Promise<JsonObject>;
}

/** What goes with one request. */
export interface RequestOptions {
  readonly signal: AbortSignal;
  /** Headers beside those of every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

const requestId = 1;
const rpcAnswer = z.looseObject({
  id: z.unknown(),
  result: z.record(z.string(), z.unknown()).optional(),
  error: z.looseObject({ code: z.int(), message: z.string() }).optional(),
});

/** Makes a connection. Nothing is sent before the first request. */
export function createMcpConnection(options: ConnectionOptions): McpConnection {
  return {
    async request(method, params, { signal, headers }) {
      const body = toBody(method, params, options.version);
      const response = await send(options, { body, signal, headers: { ...modernHeaders(method, params), ...headers } });
      const answer = await readAnswer(response);
      if (answer.error !== undefined) throw new RpcFailure(answer.error.code, answer.error.message);
      return answer.result ?? {};
    },
  };
}

function toBody(method: string, params: JsonObject, version: string): string {
  const meta = {
    [requestMeta.version]: modernVersion,
    [requestMeta.capabilities]: {},
    [requestMeta.clientInfo]: { name: 'fairlead-cli', version },
  };
  return JSON.stringify({ jsonrpc: '2.0', id: requestId, method, params: { ...params, _meta: meta } });
}

interface Sent {
  readonly body: string;
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
}

async function send(
  { url, key, fetch: fetcher }: ConnectionOptions,
  { body, signal, headers }: Sent,
): Promise<Response> {
  try {
    return await fetcher(url, {
      method: 'POST',
      body,
      signal,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        authorization: `Bearer ${key}`,
        ...headers,
      },
    });
  } catch (error) {
    throw new CliError(exitCode.unreachable, `${url} does not answer.`, { fix: 'fairlead doctor', cause: error });
  }
}

async function readAnswer(response: Response): Promise<z.infer<typeof rpcAnswer>> {
  if (response.status === 401) throw await refusal(response);
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) return await readStreamedAnswer(response);
  const text = await response.text();
  const answer = rpcAnswer.safeParse(parseJson(text));
  if (answer.success && (answer.data.result ?? answer.data.error) !== undefined) return answer.data;
  throw await refusal(new Response(text, response));
}

/** Progress and other notices come before the answer; only the message with our id ends the wait. */
async function readStreamedAnswer(response: Response): Promise<z.infer<typeof rpcAnswer>> {
  for await (const data of readEventStream(response.body ?? new ReadableStream())) {
    const message = rpcAnswer.safeParse(parseJson(data));
    if (message.success && message.data.id === requestId) return message.data;
  }
  throw new CliError(exitCode.unreachable, `${response.url} ended its answer in the middle.`, {
    fix: 'fairlead status',
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
