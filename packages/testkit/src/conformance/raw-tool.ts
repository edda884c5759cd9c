import type { RawSurface, WireTool } from '@fairlead/server-kit';

/** What a raw tool gets from the SDK's own object. */
export type RawContext = Parameters<RawSurface['callTool']>[1];

/** What a raw tool answers: a result, or what it still needs from the client. */
export type RawResult = Awaited<ReturnType<RawSurface['callTool']>>;

/** A tool that the SDK's own object serves. */
export interface RawTool {
  readonly wire: WireTool;
  run(input: Readonly<Record<string, unknown>>, context: RawContext): Promise<RawResult>;
}

/** Declares a raw tool; without a schema it takes no arguments. */
export function rawTool(
  name: string,
  description: string,
  definition: { inputSchema?: WireTool['inputSchema']; run: RawTool['run'] },
): RawTool {
  return {
    wire: { name, description, inputSchema: definition.inputSchema ?? { type: 'object', properties: {} } },
    run: definition.run,
  };
}

/** A result of one text item. */
export function textResult(text: string): RawResult {
  return { content: [{ type: 'text', text }] };
}
