/** What happened inside a server of a test, in order. */
export type BridgeEvents = string[];
