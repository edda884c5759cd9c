/** Most bytes of content in one answer (06 S-55). */
export const contentBytesMax = 65_536;

/** Which lines of a file to read: from a line on, or the last ones. */
export type LineRange =
  | { readonly kind: 'from'; readonly firstLine: number; readonly linesMax: number }
  | { readonly kind: 'tail'; readonly linesMax: number };

/** Lines of a text file. */
export interface TextWindow {
  /** As callers write it: `docs/start.md`. */
  readonly path: string;
  readonly content: string;
  /** Counted from 1; counted back from the end (the last line is -1) when the file is too large to count its lines. */
  readonly startLine: number;
  readonly endLine: number;
  /** Why there is more than these lines; `undefined` when that is all that was asked for. */
  readonly cutBy: 'rows' | 'bytes' | undefined;
  readonly mime: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** Only of files of at most 1 MiB. */
  readonly whole: { readonly totalLines: number; readonly sha256: string } | undefined;
}
