/** Name and version of a server, as clients see it. */
export interface Implementation {
  readonly name: string;
  readonly title: string;
  readonly version: string;
}
