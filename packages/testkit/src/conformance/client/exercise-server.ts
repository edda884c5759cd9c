import { ProtocolError, SdkError, SdkErrorCode, type Client } from '@modelcontextprotocol/client';
import type { ClientSession } from './client-session.ts';
import { sampleArguments } from './sample-arguments.ts';

/** A tool call that the test's context asks for. */
export interface WantedCall {
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
}

type Request = (client: Client) => Promise<unknown>;

/**
 * Uses everything that a server offers, once: calls its tools, reads its resources, gets its prompts. A use that is
 * refused, or answered with nonsense, does not keep the client from the next one.
 */
export async function exerciseServer(session: ClientSession, wanted?: readonly WantedCall[]): Promise<void> {
  const { tools } = await session.run((client) => client.listTools());
  const sampled = tools.map(({ name, inputSchema }) => ({
    name,
    arguments: sampleArguments(inputSchema, { schema: tools[0]?.inputSchema }),
  }));
  for (const { name, arguments: input } of wanted ?? sampled) {
    await use(session, (client) => client.callTool({ name, arguments: { ...input } }));
  }
  const capabilities = await session.run(async (client) => client.getServerCapabilities() ?? {});
  if (capabilities.resources !== undefined) await readResources(session);
  if (capabilities.prompts !== undefined) await getPrompts(session);
}

async function readResources(session: ClientSession): Promise<void> {
  const { resources } = await session.run((client) => client.listResources());
  for (const { uri } of resources) await use(session, (client) => client.readResource({ uri }));
}

async function getPrompts(session: ClientSession): Promise<void> {
  const { prompts } = await session.run((client) => client.listPrompts());
  for (const { name } of prompts) await use(session, (client) => client.getPrompt({ name }));
}

async function use(session: ClientSession, request: Request): Promise<void> {
  try {
    await session.run(request);
  } catch (error) {
    if (!isAnswer(error)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
}

/** Whether the server did answer: with an error, or with a result that is none. */
function isAnswer(error: unknown): error is Error {
  return error instanceof ProtocolError || (error instanceof SdkError && error.code === SdkErrorCode.InvalidResult);
}
