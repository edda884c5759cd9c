import { z } from 'zod';
import { openClientSession } from './client-session.ts';
import { exerciseServer } from './exercise-server.ts';
import { createHeadlessOauth, type HeadlessOauth } from './headless-oauth.ts';
import { createServiceOauth } from './service-oauth.ts';

const context = z.looseObject({
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  private_key_pem: z.string().optional(),
  signing_algorithm: z.string().optional(),
  toolCalls: z.array(z.looseObject({ name: z.string(), arguments: z.record(z.string(), z.unknown()) })).optional(),
});
type Context = z.infer<typeof context>;

const environment = z.looseObject({
  MCP_CONFORMANCE_SCENARIO: z.string(),
  MCP_CONFORMANCE_PROTOCOL_VERSION: z.enum(['2025-11-25', '2026-07-28']),
  MCP_CONFORMANCE_CONTEXT: z.string().default('{}'),
});

/** The server that the client uses, and how it was told what to do. */
export interface ClientUnderTest {
  readonly url: string;
  /** Sent with each request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The environment in which the suite started the client (03 §6). */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs the client that the conformance suite tests: the client of SDK v2, driven without a person.
 *
 * @throws ProtocolError, SdkHttpError, UnauthorizedError when the server refuses.
 */
export async function runClientUnderTest({ url, headers = {}, environment: given }: ClientUnderTest): Promise<void> {
  const { MCP_CONFORMANCE_PROTOCOL_VERSION: revision, ...told } = environment.parse(given);
  const facts = context.parse(JSON.parse(told.MCP_CONFORMANCE_CONTEXT));
  await using session = await openClientSession({
    url,
    // Not pinned: a client that is refused one version of an era has to try another one.
    mode: revision === '2026-07-28' ? 'auto' : 'legacy',
    oauth: createOauth(told.MCP_CONFORMANCE_SCENARIO, facts),
    headers,
  });
  await exerciseServer(session, facts.toolCalls);
}

/** Nothing but its name tells a scenario without a person from one with a registration made before. */
function createOauth(scenario: string, { client_id, ...facts }: Context): HeadlessOauth {
  if (client_id === undefined) return createHeadlessOauth();
  if (scenario.startsWith('auth/client-credentials')) return createServiceOauth({ ...facts, client_id });
  return createHeadlessOauth({ client_id, client_secret: facts.client_secret });
}
