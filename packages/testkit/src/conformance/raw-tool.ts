import type { RawSurface, WireTool } from '@fairlead/server-kit';

type SdkContext = Parameters<RawSurface['callTool']>[1];

/**
 * What a tool or prompt of the surface gets: the part of the SDK's own context that it uses, so that a server on
 * another SDK can offer the same.
 */
export interface RawContext {
  readonly mcpReq: Pick<SdkContext['mcpReq'], '_meta' | 'envelope' | 'inputResponses' | 'notify'> & {
    /** The verified state of the round before; undefined in the first one. */
    requestState(): unknown;
  };
  readonly http?: Pick<NonNullable<SdkContext['http']>, 'closeSSE'> | undefined;
}

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
