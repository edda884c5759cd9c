/**
 * Settings that cannot be used. The start ends with exit code 1 and one line per setting; no line holds the value of a
 * secret.
 */
export class ConfigError extends Error {
  /** One line per wrong setting: name, what is wrong, an example. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}
