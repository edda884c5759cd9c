/** What a user's shell has to have: nothing of the test run itself reaches the programs under test. */
export function userEnvironment(more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const { PATH = '', HOME = '' } = process.env;
  return { PATH, HOME, ...more };
}
