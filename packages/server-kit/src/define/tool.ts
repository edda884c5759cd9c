import type { Effect, Permission } from '@fairlead/contracts';
import type { z } from 'zod';
import type { CallContext } from './call-context.ts';

/** `+page`, `+cut` of 05 T-06: which standard parts say that an answer was cut. */
export type OutputParts = 'page' | 'cut';

/** What the standard parts add to the output of a tool that can cut its answer. */
export interface CutParts {
  truncated: boolean;
  truncated_by?: 'rows' | 'bytes' | 'chars' | 'time' | 'points' | undefined;
  notice?: string | undefined;
}

/** What the standard parts add to the output of a tool that pages. */
export interface PageParts extends CutParts {
  next_cursor?: string | undefined;
}

type WithParts<Output, Parts> = Parts extends 'page'
  ? Output & PageParts
  : Parts extends 'cut'
    ? Output & CutParts
    : Output;

interface ToolBase<Deps, Input extends z.ZodObject, Output extends z.ZodObject> {
  /** Wire name: `verb_noun` in snake_case, without the product's or the service's name; at most 40 characters. */
  readonly name: string;
  readonly title: string;
  /** One sentence of at most 120 characters, then at most two that name a better tool (05 T-10). */
  readonly description: string;
  /** Checked by the kit before `run`, and by the gateway before forwarding. */
  readonly permission: Permission;
  /** Group by which an operator switches tools on (05 T-07). */
  readonly toolset: string;
  /** Whether calling twice is the same as calling once. Default: true for `read`, else false. */
  readonly idempotent?: boolean;
  /** Whether the tool reaches systems outside the company's own. Default false. */
  readonly openWorld?: boolean;
  /** Longest run; default 30,000, at most 600,000 (03 P-08). */
  readonly timeoutMs?: number;
  /** Whether the tool may ask the person at the client in mid-call, by `context.ask`. Default false. */
  readonly asks?: boolean;
  /** A strict object. The kit adds `dry_run` and `idempotency_key` to tools that change something. */
  readonly input: Input;
  /** The fields of a done call, without the standard parts, which the kit adds. */
  readonly output: Output;
  /**
   * Fields of type `count` and their caps. A larger value is lowered to the cap, and the notice says so (05 T-05).
   * A cap may depend on the operator's settings.
   */
  readonly clamped?: Partial<Record<keyof z.output<Input> & string, number | ((deps: Deps) => number)>>;
  /** Short readable form for the text block; absent: one line per item of the output. Never the same JSON again (05 T-40). */
  readonly text?: (output: z.output<Output>) => string;
}

/** A tool that changes nothing outside. */
export interface ReadToolDefinition<
  Deps,
  Input extends z.ZodObject,
  Output extends z.ZodObject,
  Parts extends OutputParts | undefined = undefined,
> extends ToolBase<Deps, Input, Output> {
  readonly effect: 'read';
  /** Absent: the answer is always whole. */
  readonly parts?: Parts;
  run(deps: Deps, input: z.output<Input>, context: CallContext): Promise<WithParts<z.input<Output>, Parts>>;
}

/** A tool that changes something. `plan` and `run` are apart, so that a dry run cannot have an effect by mistake (05 T-03). */
export interface EffectToolDefinition<Deps, Input extends z.ZodObject, Output extends z.ZodObject> extends ToolBase<
  Deps,
  Input,
  Output
> {
  readonly effect: Exclude<Effect, 'read'>;
  /** Does every check of `run`, changes nothing, and answers what would happen. */
  plan(deps: Deps, input: z.output<Input>, context: CallContext): Promise<Record<string, unknown>>;
  /** Acts. `notice` is optional beside the declared fields. `idempotencyKey` is there when the caller gave one. */
  run(
    deps: Deps,
    input: z.output<Input>,
    context: CallContext & { readonly idempotencyKey: string | undefined },
  ): Promise<z.input<Output> & { notice?: string }>;
}

/** Marks what came from a tool factory, so that a folder can be read without trusting its modules' shapes. */
export const toolBrand: unique symbol = Symbol.for('fairlead.tool');

/** A tool with its types erased: what the kit serves. */
export interface Tool<Deps> extends ToolBase<Deps, z.ZodObject, z.ZodObject> {
  readonly [toolBrand]: true;
  readonly effect: Effect;
  readonly parts?: OutputParts | undefined;
  readonly plan?: (deps: Deps, input: never, context: CallContext) => Promise<Record<string, unknown>>;
  readonly run: (deps: Deps, input: never, context: never) => Promise<Record<string, unknown>>;
}
