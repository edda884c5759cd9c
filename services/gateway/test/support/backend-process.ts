import { createServer } from 'node:http';

/**
 * A small MCP server that runs as a process of its own, so that a test can kill it: one tool that answers and one that
 * never does. Port as the first argument; prints a line when it listens.
 */
const port = Number(process.argv[2]);

const tools = [
  { name: 'answer', inputSchema: { type: 'object' } },
  { name: 'hang', inputSchema: { type: 'object' } },
];

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (method === 'tools/call' && params.name === 'hang') {
      process.stdout.write('hanging\n');
      return;
    }
    const results: Readonly<Record<string, unknown>> = {
      'server/discover': { supportedVersions: ['2026-07-28'], capabilities: { tools: {} } },
      'tools/list': { tools },
    };
    const result = {
      resultType: 'complete',
      ...Object(results[method] ?? { content: [{ type: 'text', text: 'alive' }] }),
    };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
  });
});

server.listen(port, '127.0.0.1', () => process.stdout.write('listening\n'));
