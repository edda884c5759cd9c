import { fileURLToPath } from 'node:url';

const run = `${process.execPath} --conditions=@fairlead/source`;

/** Commands of the client under test, by lane. The suite splits them at spaces and appends the URL of its own server. */
export const clientCommands = {
  client: `${run} ${fileOf('../../packages/testkit/src/conformance/client/client-under-test-process.ts')}`,
  'client-gateway': `${run} ${fileOf('./client-behind-gateway-process.ts')}`,
} as const;

/** The suite hands the command to a shell. */
function fileOf(relative: string): string {
  return `'${fileURLToPath(new URL(relative, import.meta.url)).replaceAll("'", String.raw`'\''`)}'`;
}
