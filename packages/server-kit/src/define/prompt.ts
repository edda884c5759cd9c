import type { Permission } from '@fairlead/contracts';
import type { z } from 'zod';
import type { CallContext } from './call-context.ts';
import type { ResourceContent } from './resource.ts';

/** One message of a prompt, in the wire form of MCP. */
export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly content:
    | { readonly type: 'text'; readonly text: string }
    | { readonly type: 'resource'; readonly resource: ResourceContent };
}

/** A prompt. Arguments are text and stay text (06 S-05): nothing in them is read as a path, a URL or a command. */
export interface PromptDefinition<Deps, Arguments extends z.ZodObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly permission: Permission;
  /** A strict object of strings; each with a description. */
  readonly arguments: Arguments;
  render(deps: Deps, values: z.output<Arguments>, context: CallContext): Promise<readonly PromptMessage[]>;
  /** Values for an argument by prefix, at most 100. */
  readonly complete?: Partial<
    Record<
      keyof z.output<Arguments> & string,
      (deps: Deps, prefix: string, context: CallContext) => Promise<readonly string[]>
    >
  >;
}

/** Marks what came from a prompt factory. */
export const promptBrand: unique symbol = Symbol.for('fairlead.prompt');

/** A prompt with its types erased: what the kit serves. */
export interface Prompt<Deps> extends Omit<PromptDefinition<Deps, z.ZodObject>, 'render'> {
  readonly [promptBrand]: true;
  readonly render: (deps: Deps, values: never, context: CallContext) => Promise<readonly PromptMessage[]>;
}
