/** A program that is measured. It ends with its scope. */
export interface Subject extends AsyncDisposable {
  readonly name: string;
  /** Root of the process tree whose time and memory count. */
  readonly pid: number;
  /** Where calls go. */
  readonly url: string;
  readonly key?: string | undefined;
}
