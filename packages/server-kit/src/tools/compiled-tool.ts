import type { Effect, Permission } from '@fairlead/contracts';
import type { z } from 'zod';
import type { CallContext } from '../define/call-context.ts';
import type { Tool } from '../define/tool.ts';
import { annotationsOf } from './annotations.ts';
import { inputSchemaOf } from './input-schema.ts';
import { outputSchemaOf } from './output-schema.ts';
import { wireToolOf, type WireTool } from './wire-tool.ts';

const TIMEOUT_MS_DEFAULT = 30_000;
const TIMEOUT_MS_MAX = 600_000;
const WIRE_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** A tool made ready to serve: schemas built, defaults filled in, dependencies bound. */
export interface CompiledTool {
  readonly name: string;
  readonly permission: Permission;
  readonly effect: Effect;
  readonly toolset: string;
  readonly timeoutMs: number;
  /** Whether it may ask the person at the client; such a tool is served by the SDK's object. */
  readonly asks: boolean;
  readonly input: z.ZodObject;
  readonly output: z.ZodObject;
  readonly wire: WireTool;
  readonly clamps: readonly { readonly field: string; readonly cap: number }[];
  readonly text: ((output: Record<string, unknown>) => string) | undefined;
  readonly plan:
    | ((input: Record<string, unknown>, context: CallContext) => Promise<Record<string, unknown>>)
    | undefined;
  readonly run: (input: Record<string, unknown>, context: CallContext) => Promise<Record<string, unknown>>;
}

/**
 * Checks a tool definition and binds it to the service's dependencies.
 *
 * @throws Error when the definition breaks a rule of 05 §1: at start, never on first use.
 */
export function compileTool<Deps>(tool: Tool<Deps>, deps: Deps): CompiledTool {
  checkDefinition(tool);
  const input = inputSchemaOf(tool);
  const output = outputSchemaOf(tool);
  // The one narrowing of this module: a branded tool comes from `toolFactory`, which tied `run`, `plan`, `text` and
  // `clamped` to the schemas; after parsing, a plain record is what they take.
  const bound = tool as unknown as BoundTool<Deps>;
  const plan = bound.plan;
  return Object.freeze({
    name: tool.name,
    permission: tool.permission,
    effect: tool.effect,
    toolset: tool.toolset,
    timeoutMs: tool.timeoutMs ?? TIMEOUT_MS_DEFAULT,
    asks: tool.asks ?? false,
    input,
    output,
    wire: wireToolOf({ ...tool, annotations: annotationsOf(tool), input, output }),
    clamps: Object.entries(bound.clamped ?? {}).map(([field, cap]) => ({
      field,
      cap: typeof cap === 'number' ? cap : cap(deps),
    })),
    text: bound.text,
    plan:
      plan === undefined
        ? undefined
        : (values: Record<string, unknown>, context: CallContext) => plan(deps, values, context),
    run: (values: Record<string, unknown>, context: CallContext) => bound.run(deps, values, context),
  });
}

interface BoundTool<Deps> {
  readonly clamped?: Readonly<Record<string, number | ((deps: Deps) => number)>>;
  readonly text?: (output: Record<string, unknown>) => string;
  readonly plan?: (
    deps: Deps,
    input: Record<string, unknown>,
    context: CallContext,
  ) => Promise<Record<string, unknown>>;
  readonly run: (deps: Deps, input: Record<string, unknown>, context: CallContext) => Promise<Record<string, unknown>>;
}

function checkDefinition<Deps>(tool: Tool<Deps>): void {
  if (!WIRE_NAME.test(tool.name) || tool.name.length > 40) {
    throw new Error(`tool ${tool.name}: the name must be verb_noun in snake_case, at most 40 characters`);
  }
  if (tool.timeoutMs !== undefined && (tool.timeoutMs < 1 || tool.timeoutMs > TIMEOUT_MS_MAX)) {
    throw new Error(`tool ${tool.name}: timeoutMs must lie in 1..${TIMEOUT_MS_MAX}`);
  }
  if ((tool.effect === 'read') === (tool.plan !== undefined)) {
    throw new Error(`tool ${tool.name}: exactly the tools that change something have a plan`);
  }
}
