/** Completes an argument that takes one of a few words. */
export function completeChoice(
  choices: readonly string[],
): (deps: unknown, prefix: string) => Promise<readonly string[]> {
  return async (_deps, prefix) => choices.filter((choice) => choice.startsWith(prefix));
}
