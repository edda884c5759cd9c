import type { DevJson } from '@fairlead/contracts';

/** A gateway that a command may talk to. */
export interface Fleet {
  /** Where the fleet was found: `FAIRLEAD_URL`, or the path of a `dev.json`. */
  readonly source: string;
  /** Address of the gateway without a trailing slash. */
  readonly url: string;
  /** Address of its MCP endpoint. */
  readonly mcp: string;
  /** The key of `FAIRLEAD_KEY`, when the fleet was found by `FAIRLEAD_URL`. */
  readonly key?: string;
  /** The whole `dev.json`, when the fleet is a local one. */
  readonly dev?: DevJson;
}
