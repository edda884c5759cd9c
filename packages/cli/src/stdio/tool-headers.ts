import type { ListedTool } from '../mcp/list-tools.ts';
import { parameterHeaders } from '../mcp/parameter-headers.ts';
import type { StdioMessage } from './stdio-message.ts';

type Request = Extract<StdioMessage, { kind: 'request' }>;

/**
 * The arguments that tools ask to see in headers (SEP-2243). A client that speaks stdio knows of no headers, so they are
 * put on here, from the tools' own schemas. Read when a call was refused for the lack of one; most tools ask for none.
 */
export class ToolHeaders {
  readonly #listTools: (signal: AbortSignal) => Promise<readonly ListedTool[]>;
  #schemas: ReadonlyMap<string, ListedTool['inputSchema']> = new Map();

  constructor(listTools: (signal: AbortSignal) => Promise<readonly ListedTool[]>) {
    this.#listTools = listTools;
  }

  /** The headers of a request, by what is known now. */
  of({ method, params }: Request): Record<string, string> {
    const { name, arguments: args } = params;
    const schema = method === 'tools/call' && typeof name === 'string' ? this.#schemas.get(name) : undefined;
    return schema === undefined ? {} : parameterHeaders(schema, toObject(args));
  }

  /** Reads the schemas anew. */
  async refresh(signal: AbortSignal): Promise<void> {
    const tools = await this.#listTools(signal);
    const asking = tools.filter(({ inputSchema }) => JSON.stringify(inputSchema).includes('"x-mcp-header"'));
    this.#schemas = new Map(asking.map(({ name, inputSchema }) => [name, inputSchema]));
  }
}

function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
