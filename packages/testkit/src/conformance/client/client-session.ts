import {
  Client,
  StreamableHTTPClientTransport,
  UnauthorizedError,
  type VersionNegotiationMode,
} from '@modelcontextprotocol/client';
import { clientInfo } from '../../clients/connect-options.ts';
import type { HeadlessOauth } from './headless-oauth.ts';

/** After this many consents to one request a server that still refuses is believed. */
const CONSENTS_MAX = 2;

/** A client that consents whenever it is asked, and tries again then. */
export interface ClientSession extends AsyncDisposable {
  /** Runs a request. @throws UnauthorizedError when the server refuses after two consents. */
  run<Result>(request: (client: Client) => Promise<Result>): Promise<Result>;
}

/** How to connect. */
export interface ClientSessionOptions {
  readonly url: string;
  readonly mode: VersionNegotiationMode;
  readonly oauth: HeadlessOauth;
  readonly headers: Readonly<Record<string, string>>;
}

/** Connects the client of SDK v2. */
export async function openClientSession(options: ClientSessionOptions): Promise<ClientSession> {
  const { client, transport } = await connect(options, CONSENTS_MAX);
  return {
    run: (request) => withConsent(transport, options.oauth, () => request(client)),
    async [Symbol.asyncDispose]() {
      await transport.terminateSession().catch(() => undefined);
      await client.close();
    },
  };
}

interface Connected {
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport;
}

/** A transport that was refused cannot be started again, so each try has its own. */
async function connect(options: ClientSessionOptions, consentsLeft: number): Promise<Connected> {
  const { url, mode, oauth, headers } = options;
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    authProvider: oauth,
    requestInit: { headers: { ...headers } },
  });
  const client = createClient(mode);
  try {
    await client.connect(transport);
    return { client, transport };
  } catch (error) {
    if (!(error instanceof UnauthorizedError) || consentsLeft === 0) throw error;
    await finishConsent(transport, oauth, error);
    return connect(options, consentsLeft - 1);
  }
}

function createClient(mode: VersionNegotiationMode): Client {
  const client = new Client(clientInfo, {
    capabilities: { elicitation: { form: { applyDefaults: true } } },
    versionNegotiation: { mode },
  });
  // A person who presses "accept" and fills in nothing: what a form has as defaults comes from the SDK.
  client.setRequestHandler('elicitation/create', () => ({ action: 'accept', content: {} }));
  return client;
}

async function withConsent<Result>(
  transport: StreamableHTTPClientTransport,
  oauth: HeadlessOauth,
  request: () => Promise<Result>,
): Promise<Result> {
  for (let consents = 0; ; consents += 1) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof UnauthorizedError) || consents === CONSENTS_MAX) throw error;
      await finishConsent(transport, oauth, error);
    }
  }
}

async function finishConsent(
  transport: StreamableHTTPClientTransport,
  oauth: HeadlessOauth,
  refusal: Error,
): Promise<void> {
  const callback = oauth.takeCallback?.();
  if (callback === undefined) throw refusal;
  await transport.finishAuth(callback);
}
