import { envelopeKeys, isRecord, LEGACY_VERSIONS, MODERN_VERSION, type Era } from '@fairlead/server-kit/mcp';
import type { Clock } from '@fairlead/server-kit/runtime';
import type { ChildLink } from './child-link.ts';
import type { StdioChild } from './stdio-child.ts';

/** What opening needs. */
export interface OpenOptions {
  readonly startChild: () => Promise<StdioChild>;
  /** Makes the conversation with a server that was started. */
  readonly link: (child: StdioChild) => ChildLink;
  /** Absent: the server is asked whether it knows the modern era, once. */
  readonly era?: Era | undefined;
  readonly clientVersion: string;
  readonly clock: Clock;
}

/** A server that is ready for calls. */
export interface OpenedConversation {
  readonly child: StdioChild;
  readonly link: ChildLink;
  readonly era: Era;
}

/** A server that says nothing to a method that it does not know is of the older era. */
const probeMsMax = 5_000;
/** A package runner may have to fetch the server first. */
const initializeMsMax = 60_000;

/**
 * Starts a server and opens the conversation in its newest era. A server that ends at the first question is started once
 * more without it: some of the older era take an unknown method so.
 *
 * @throws Error when the server ends or refuses before it can serve.
 */
export async function openConversation(options: OpenOptions): Promise<OpenedConversation> {
  const child = await options.startChild();
  const link = options.link(child);
  try {
    if (options.era !== 'legacy' && (await isModern({ link, child, options }))) return { child, link, era: 'modern' };
    if (options.era === 'modern') throw new Error('it does not know server/discover any more');
    await initialize({ link, child, options });
    return { child, link, era: 'legacy' };
  } catch (error) {
    await child.stop();
    if (options.era === undefined && error instanceof ServerEndedError)
      return await openConversation({ ...options, era: 'legacy' });
    throw error;
  }
}

interface Opening {
  readonly link: ChildLink;
  readonly child: StdioChild;
  readonly options: OpenOptions;
}

class ServerEndedError extends Error {
  constructor(reason: string) {
    super(`it ended (${reason}) before it could serve`);
    this.name = 'ServerEndedError';
  }
}

async function isModern(opening: Opening): Promise<boolean> {
  const envelope = {
    [envelopeKeys.protocolVersion]: MODERN_VERSION,
    [envelopeKeys.clientCapabilities]: {},
    [envelopeKeys.clientInfo]: clientInfo(opening.options),
  };
  const answer = await ask(opening, { method: 'server/discover', params: { _meta: envelope }, withinMs: probeMsMax });
  const versions = isRecord(answer?.['result']) ? answer['result']['supportedVersions'] : undefined;
  return Array.isArray(versions) && versions.includes(MODERN_VERSION);
}

async function initialize(opening: Opening): Promise<void> {
  const params = {
    protocolVersion: LEGACY_VERSIONS[0],
    capabilities: {},
    clientInfo: clientInfo(opening.options),
  };
  const answer = await ask(opening, { method: 'initialize', params, withinMs: initializeMsMax });
  if (answer === undefined) throw new Error(`it did not answer initialize within ${initializeMsMax} ms`);
  if (!isRecord(answer['result'])) throw new Error(`it refused initialize: ${refusalOf(answer)}`);
  opening.link.forward(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' }));
}

interface Question {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly withinMs: number;
}

/** The server's answer; nothing when it is silent for too long. */
async function ask(
  { link, child, options }: Opening,
  { method, params, withinMs }: Question,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const cancelTimer = options.clock.schedule(withinMs, () => resolve(undefined));
  const message = { jsonrpc: '2.0', id: 0, method, params } as const;
  const sink = { notify: () => undefined, abandon: () => undefined, finish: resolve };
  link.request({ text: JSON.stringify(message), message }, sink);
  const answer: unknown = JSON.parse((await promise) ?? 'null');
  cancelTimer();
  if (child.endReason !== undefined) throw new ServerEndedError(child.endReason);
  return isRecord(answer) ? answer : undefined;
}

function clientInfo({ clientVersion }: OpenOptions): { readonly name: string; readonly version: string } {
  return { name: 'fairlead-bridge', version: clientVersion };
}

function refusalOf({ error }: Readonly<Record<string, unknown>>): string {
  return isRecord(error) ? String(error['message']) : 'it gave no reason';
}
