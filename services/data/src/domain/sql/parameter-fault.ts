/**
 * What is wrong with the number of values for `$1..$n`, or `undefined`. Postgres answers a wrong number with an error
 * of the connection's class, so it is found before.
 */
export function parameterFault(parameterCount: number, given: number): string | undefined {
  if (given === parameterCount) return undefined;
  if (parameterCount === 0)
    return `there are ${given} values and the statement uses none. Write $1 for the first value.`;
  return `there are ${given} values and the statement uses $1 to $${parameterCount}. Give one value for each.`;
}
