// A client of either SDK generation starts the server itself and calls it over standard input and output.
import assert from 'node:assert/strict';
import { connectV1Stdio, connectV2Stdio } from '@fairlead/testkit/clients';

const server = {
  command: process.execPath,
  args: ['--conditions=@fairlead/source', 'src/main.ts', '--stdio'],
  cwd: import.meta.dirname,
};
const expression = 'price * (1 + tax)';
const variables = { price: 80, tax: 0.19 };

for (const connect of [
  () => connectV1Stdio(server),
  () => connectV2Stdio({ ...server, mode: 'legacy' }),
  () => connectV2Stdio({ ...server, mode: '2026-07-28' }),
]) {
  await using client = await connect();

  const tools = await client.listTools();
  const good = await client.callTool('calculate', { expression, variables });
  const refused = await client.callTool('calculate', { expression: 'process.exit()' });

  assert.deepEqual(
    tools.map(({ name }) => name),
    ['calculate'],
  );
  assert.deepEqual(good.structuredContent, { result: 95.2, type: 'decimal' });
  assert.equal(refused.isError, true);
  assert.match(refused.content[0]?.text ?? '', /^CALC_SYNTAX: /);
  console.log(`${client.sdk}, ${client.era}: ${expression} = ${good.content[0]?.text}`);
}
