import type { Effect } from '@fairlead/contracts';

/** The four hints of MCP; all four are always sent (05 T-02). */
export interface ToolAnnotations {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

/** Derives the hints from what a tool declares. */
export function annotationsOf(tool: { effect: Effect; idempotent?: boolean; openWorld?: boolean }): ToolAnnotations {
  return {
    readOnlyHint: tool.effect === 'read',
    destructiveHint: tool.effect === 'destructive',
    idempotentHint: tool.idempotent ?? tool.effect === 'read',
    openWorldHint: tool.openWorld ?? false,
  };
}
