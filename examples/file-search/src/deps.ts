/** A file that was found. */
export interface FoundFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly size: number;
  /** ISO 8601, UTC. */
  readonly modified: string;
}

/** A line that was found. `line` and `column` count from 1; the column counts bytes. */
export interface FoundLine {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** What to search for. */
export interface ContentQuery {
  readonly query: string;
  readonly regex: boolean;
  readonly glob: string | undefined;
  readonly limit: number;
}

/** The files below the root. */
export interface Files {
  /** Paths that match, sorted; never hidden, ignored or secret ones. */
  find(pattern: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Size and time of files; one that is gone by now is left out. */
  describe(paths: readonly string[]): Promise<readonly FoundFile[]>;
  /** Lines that match, at most one more than `limit`. */
  search(query: ContentQuery, signal: AbortSignal): Promise<readonly FoundLine[]>;
}

/** What the tools of this server need. `files` is absent when no root is set. */
export interface FileSearchDeps {
  readonly files: Files | undefined;
}
