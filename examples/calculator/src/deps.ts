/** Values of an expression's variables, by name. */
export type Variables = Readonly<Record<string, number>>;

/** What the tools of this server need. */
export interface CalculatorDeps {
  /**
   * Evaluates an expression; a comparison gives a boolean.
   *
   * @throws InvalidInput `CALC_SYNTAX`, `CALC_NOT_FINITE`; Timeout `LIMIT_TIMEOUT`.
   */
  readonly evaluate: (expression: string, variables: Variables) => number | boolean;
}
