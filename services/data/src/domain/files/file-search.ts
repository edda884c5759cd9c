/** Which files to look for. */
export interface FileSearch {
  readonly pattern: string;
  /** Absent: every root. */
  readonly root?: string | undefined;
  readonly exclude: readonly string[];
  readonly includeHidden: boolean;
  readonly limit: number;
  /** Path of the last file that was looked at before, as `<root>/<relative>`. */
  readonly after?: string | undefined;
}

/** One file that matches. */
export interface FoundFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** ISO time in UTC. */
  readonly modified: string;
}

/** Files of one page. */
export interface FoundFiles {
  readonly files: readonly FoundFile[];
  /** Count of files that were looked at for this page. */
  readonly searched: number;
  /** Why the search stopped before the end, and where it goes on. */
  readonly stopped: { readonly by: 'rows' | 'time'; readonly after: string } | undefined;
}
