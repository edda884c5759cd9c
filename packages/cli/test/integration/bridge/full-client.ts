import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  ResultSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';

/** One notification that a client heard. */
export interface Notice {
  readonly method: string;
  readonly params?: unknown;
}

/** A client that can do all that a server may ask of it, and remembers what it was asked and told. */
export interface FullClient extends AsyncDisposable {
  readonly notices: readonly Notice[];
  /** Methods of the requests that the server made, oldest first. */
  readonly asked: readonly string[];
  request(method: string, params: Readonly<Record<string, unknown>>, options?: FullCall): Promise<unknown>;
  notify(method: string): Promise<void>;
}

/** How one request is made. */
export interface FullCall {
  readonly signal?: AbortSignal;
  readonly onprogress?: (progress: { readonly progress: number }) => void;
}

/** Makes a client over HTTP; `close` ends its session too. */
export type ConnectFull = (url: string) => Promise<FullClient>;

const info = { name: 'full', version: '1.0.0' };
const capabilities = {
  roots: { listChanged: true },
  sampling: {},
  elicitation: { form: {}, url: {} },
};
const roots = { roots: [{ uri: 'file:///project', name: 'project' }] };
const sample = { model: 'test', role: 'assistant' as const, content: { type: 'text' as const, text: 'sampled words' } };
const reply = { action: 'accept' as const, content: { name: 'Ada', check: true } };
const anyResult = z.looseObject({});

/** The client of SDK v1. */
export const connectFullV1: ConnectFull = async (url) => {
  const transport = new HttpV1(new URL(url));
  return await overV1(transport, () => transport.terminateSession());
};

/** The client of SDK v1 over a transport of its own. */
export async function overV1(
  transport: Transport,
  endSession: () => Promise<void> = async () => undefined,
): Promise<FullClient> {
  const notices: Notice[] = [];
  const asked: string[] = [];
  const client = new ClientV1(info, { capabilities });
  client.setRequestHandler(ListRootsRequestSchema, ({ method }) => heard(asked, method, roots));
  client.setRequestHandler(CreateMessageRequestSchema, ({ method }) => heard(asked, method, sample));
  client.setRequestHandler(ElicitRequestSchema, ({ method }) => heard(asked, method, reply));
  client.fallbackNotificationHandler = async (notice) => void notices.push(notice);
  await client.connect(transport);
  return {
    notices,
    asked,
    request: (method, params, options = {}) => client.request({ method, params }, ResultSchema, options),
    notify: (method) => client.notification({ method }),
    async [Symbol.asyncDispose]() {
      await endSession().catch(() => undefined);
      await client.close();
    },
  };
}

/** The client of SDK v2 in the era of `mode`. */
export function connectFullV2(mode: 'legacy' | 'auto'): ConnectFull {
  return async (url) => {
    const notices: Notice[] = [];
    const asked: string[] = [];
    const client = new ClientV2(info, { capabilities, versionNegotiation: { mode } });
    client.setRequestHandler('roots/list', ({ method }) => heard(asked, method, roots));
    client.setRequestHandler('sampling/createMessage', ({ method }) => heard(asked, method, sample));
    client.setRequestHandler('elicitation/create', ({ method }) => heard(asked, method, reply));
    client.fallbackNotificationHandler = async (notice) => void notices.push(notice);
    const transport = new HttpV2(new URL(url));
    await client.connect(transport);
    return {
      notices,
      asked,
      request: (method, params, options = {}) => client.request({ method, params }, anyResult, options),
      notify: (method) => client.notification({ method }),
      async [Symbol.asyncDispose]() {
        await transport.terminateSession().catch(() => undefined);
        await client.close();
      },
    };
  };
}

function heard<Answer>(asked: string[], method: string, answer: Answer): Answer {
  asked.push(method);
  return answer;
}
