/** How to connect over HTTP. */
export interface ConnectOptions {
  /** Sent with every request, such as `{ authorization: 'Bearer flk_...' }`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server that speaks over standard input and output. */
export interface StdioCommand {
  readonly command: string;
  readonly args?: readonly string[];
  /** Added to the small environment that the SDK passes on (PATH, HOME and the like). */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** As whom the clients introduce themselves. */
export const clientInfo = { name: 'fairlead-testkit', version: '0.1.0' } as const;
