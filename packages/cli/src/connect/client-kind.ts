/** JSON as a config file holds it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What a client is connected to. */
export interface ConnectTarget {
  /** The name under which the client lists the server. */
  readonly name: string;
  /** Address of the gateway, without `/mcp`. */
  readonly url: string;
  readonly mcp: string;
  readonly key: string;
  /** How a process of the client's own starts `fairlead stdio` on this target, from any folder. */
  readonly stdio: StdioCommand;
}

/** A command line with its environment. */
export interface StdioCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What decides where a client keeps its config. */
export interface ConfigSurroundings {
  readonly cwd: string;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<NodeJS.ProcessEnv>;
}

/** An AI client, and how it is told of an MCP server. */
export interface ClientKind {
  readonly title: string;
  /** The key of the config file that holds the servers by name. */
  readonly section: 'mcpServers' | 'servers';
  /** Absolute path of the config file. */
  configFile(surroundings: ConfigSurroundings): string;
  /** The server's entry in that section. */
  entry(target: ConnectTarget): JsonObject;
  /** What the user does after the file is written. */
  readonly next: string;
  /** A command of the client's own that does the same; absent when it has none. */
  readonly ownCommand?: (target: ConnectTarget) => string;
}
