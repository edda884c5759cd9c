import type { AttachedContent } from '../define/call-context.ts';

/** A result of `tools/call` in the wire form that both eras share. */
export interface ToolResult {
  readonly content: readonly ContentItem[];
  readonly structuredContent?: Readonly<Record<string, unknown>>;
  readonly isError?: true;
  readonly _meta?: Readonly<Record<string, unknown>>;
}

/** One content item; the kinds beside text are passed through as the tool gave them. */
export type ContentItem = { readonly type: 'text'; readonly text: string } | AttachedContent;
