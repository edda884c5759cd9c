import { requestMeta, modernVersion } from '../mcp/protocol.ts';
import { quoteForShell } from '../quote-for-shell.ts';

/** What the first call is made to, and by whom. */
export interface FirstCall {
  /** The gateway's MCP endpoint. */
  readonly mcp: string;
  readonly key: string;
  /** Words that tell a command which fleet is meant; empty for the one that it finds by itself. */
  readonly fleetOption: readonly string[];
  /** Names of the services that run. */
  readonly services: readonly string[];
}

/** One tool with arguments that work on the demo. */
interface Sample {
  readonly server: string;
  readonly tool: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The first whose service runs is shown. */
const samples: readonly Sample[] = [
  {
    server: 'data',
    tool: 'data__query_database',
    fields: { sql: 'select status, count(*) from orders group by 1 order by 2 desc' },
  },
  { server: 'aiml', tool: 'aiml__search_documents', fields: { query: 'how do I add a tool' } },
  { server: 'devops', tool: 'devops__list_integrations', fields: {} },
];

/** Lines that work when pasted: the first call by our own command, and by curl. Empty when no demo service runs. */
export function firstCallLines({ mcp, key, fleetOption, services }: FirstCall): readonly string[] {
  const sample = samples.find(({ server }) => services.includes(server));
  if (sample === undefined) return [];
  const fields = Object.entries(sample.fields).map(([field, value]) => `${field}=${quoteForShell(value)}`);
  const words = ['npx', 'fairlead', 'call', sample.tool, ...fields, ...fleetOption.map(quoteForShell)];
  return [words.join(' '), curlLine(sample, mcp, key)];
}

function curlLine({ tool, fields }: Sample, mcp: string, key: string): string {
  const headers = {
    Authorization: `Bearer ${key}`,
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
    'MCP-Protocol-Version': modernVersion,
    'Mcp-Method': 'tools/call',
    'Mcp-Name': tool,
  };
  const meta = { [requestMeta.version]: modernVersion, [requestMeta.capabilities]: {} };
  const params = { name: tool, arguments: fields, _meta: meta };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  const flags = Object.entries(headers).flatMap(([name, text]) => ['-H', `${name}: ${text}`]);
  return ['curl', '-s', mcp, ...flags, '-d', body].map(quoteForShell).join(' ');
}
