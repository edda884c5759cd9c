/** The platform's Postgres, as the stores of the gateway see it (01 §8). */
export interface Database {
  /**
   * Runs one statement and answers its rows, unparsed.
   *
   * @throws Error of the driver when the database does not answer in time or refuses.
   */
  query(text: string, values?: readonly unknown[]): Promise<readonly unknown[]>;
  /** Closes all connections. */
  close(): Promise<void>;
}
