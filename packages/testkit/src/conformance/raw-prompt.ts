import type { RawSurface } from '@fairlead/server-kit';
import type { RawContext } from './raw-tool.ts';

type RawPromptResult = Awaited<ReturnType<RawSurface['getPrompt']>>;

/** A prompt without arguments that needs more than the kit's own definitions can say. */
export interface RawPrompt {
  readonly wire: { readonly name: string; readonly description: string; readonly arguments: readonly [] };
  get(context: RawContext): Promise<RawPromptResult>;
}

/** Declares a raw prompt. */
export function rawPrompt(name: string, description: string, get: RawPrompt['get']): RawPrompt {
  return { wire: { name, description, arguments: [] }, get };
}
