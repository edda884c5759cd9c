import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import {
  ResultSchema,
  ServerNotificationSchema,
  ServerRequestSchema,
  type Result,
  type ServerNotification,
  type ServerRequest,
} from '@modelcontextprotocol/sdk/types.js';
import { isInputRequiredResult } from '@modelcontextprotocol/server';
import type { RawContext } from '../raw-tool.ts';
import type { StateCodec } from '../state-codec.ts';

/** What SDK v1 gives a handler. */
export type V1Extra = RequestHandlerExtra<ServerRequest, ServerNotification>;

/** No tool of the surface asks more often. */
const ROUNDS_MAX = 4;
/** Longest wait for an answer. The SDK's own minute would let one client that cannot be asked hold up the whole suite. */
const ANSWER_MS_MAX = 3_000;

/**
 * Runs a tool or prompt of the surface in the way of the 2025 revisions: what it asks for by an `input_required` result
 * goes to the client as a request on the open stream, and it runs again with the answers.
 *
 * @throws RangeError when it still asks after four rounds.
 */
export async function askByRequest(
  run: (context: RawContext) => Promise<Result>,
  extra: V1Extra,
  codec: StateCodec,
): Promise<Result> {
  let answers: Record<string, unknown> | undefined;
  let state: string | undefined;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const result = await run(toContext({ extra, codec, answers, state }));
    if (!isInputRequiredResult(result)) return result;
    answers = await askAll(result.inputRequests ?? {}, extra);
    state = result.requestState;
  }
  throw new RangeError(`asked ${ROUNDS_MAX} times without an end`);
}

async function askAll(requests: Readonly<Record<string, object>>, extra: V1Extra): Promise<Record<string, unknown>> {
  const asked = Object.entries(requests).map(async ([key, request]) => [key, await askClient(request, extra)] as const);
  return Object.fromEntries(await Promise.all(asked));
}

function askClient(request: object, extra: V1Extra): Promise<Result> {
  return extra.sendRequest(ServerRequestSchema.parse(request), ResultSchema, { timeout: ANSWER_MS_MAX });
}

interface ContextParts {
  readonly extra: V1Extra;
  readonly codec: StateCodec;
  readonly answers: Record<string, unknown> | undefined;
  readonly state: string | undefined;
}

function toContext({ extra, codec, answers, state }: ContextParts): RawContext {
  return {
    mcpReq: {
      ...(extra._meta === undefined ? {} : { _meta: extra._meta }),
      ...(answers === undefined ? {} : { inputResponses: answers }),
      requestState: () => (state === undefined ? undefined : codec.verify(state)),
      notify: (notification) => extra.sendNotification(ServerNotificationSchema.parse(notification)),
    },
    http: extra.closeSSEStream === undefined ? {} : { closeSSE: extra.closeSSEStream },
  };
}
