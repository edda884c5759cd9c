import type { CallContext } from '../define/call-context.ts';
import type { Prompt, PromptMessage } from '../define/prompt.ts';
import { RpcError, rpcCode } from '../call/rpc-error.ts';
import { readMeta } from './permission-meta.ts';
import type { WirePrompt } from './raw-surface.ts';

const COMPLETIONS_MAX = 100;

/** Answers everything about prompts. The permission of a prompt is checked on list, get and completion alike (05 T-13). */
export class PromptRegistry<Deps> {
  readonly #prompts: ReadonlyMap<string, Prompt<Deps>>;
  readonly #deps: Deps;

  constructor(prompts: readonly Prompt<Deps>[], deps: Deps) {
    this.#prompts = new Map(prompts.map((prompt) => [prompt.name, prompt]));
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.#prompts.size === 0;
  }

  get hasCompletion(): boolean {
    return [...this.#prompts.values()].some((prompt) => prompt.complete !== undefined);
  }

  list(may: (permission: string) => boolean): readonly WirePrompt[] {
    return [...this.#prompts.values()].filter((prompt) => may(prompt.permission)).map(wirePromptOf);
  }

  /**
   * Renders one.
   *
   * @throws RpcError -32602 for an unknown or hidden prompt, and for arguments that break its schema.
   */
  async render(
    call: { name: string; arguments: Readonly<Record<string, unknown>> },
    may: (permission: string) => boolean,
    context: CallContext,
  ): Promise<{ description: string; messages: readonly PromptMessage[] }> {
    const prompt = this.#allowed(call.name, may);
    if (prompt === undefined) throw new RpcError(rpcCode.invalidParams, `Unknown prompt: ${call.name}`);
    const parsed = prompt.arguments.safeParse(call.arguments);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new RpcError(
        rpcCode.invalidParams,
        `Invalid arguments of prompt ${call.name}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
      );
    }
    // The one narrowing of this module: `promptFactory` tied `render` to the schema that has just parsed the values.
    const render = prompt.render as (
      deps: Deps,
      values: unknown,
      context: CallContext,
    ) => Promise<readonly PromptMessage[]>;
    return { description: prompt.description, messages: await render(this.#deps, parsed.data, context) };
  }

  async complete(
    query: { name: string; argument: string; prefix: string },
    may: (permission: string) => boolean,
    context: CallContext,
  ): Promise<readonly string[]> {
    const complete = this.#allowed(query.name, may)?.complete?.[query.argument];
    if (complete === undefined) return [];
    return (await complete(this.#deps, query.prefix, context)).slice(0, COMPLETIONS_MAX);
  }

  #allowed(name: string, may: (permission: string) => boolean): Prompt<Deps> | undefined {
    const prompt = this.#prompts.get(name);
    return prompt !== undefined && may(prompt.permission) ? prompt : undefined;
  }
}

function wirePromptOf<Deps>(prompt: Prompt<Deps>): WirePrompt {
  return {
    name: prompt.name,
    title: prompt.title,
    description: prompt.description,
    _meta: readMeta(prompt.permission),
    arguments: Object.entries(prompt.arguments.shape).map(([name, schema]) => ({
      name,
      ...(schema.description !== undefined && { description: schema.description }),
      required: !schema.safeParse(undefined).success,
    })),
  };
}
