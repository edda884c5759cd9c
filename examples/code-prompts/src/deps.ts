/** What the prompts of this server need. */
export interface CodePromptsDeps {
  /** Makes a mark that no text can know beforehand: a UUID. */
  readonly newMark: () => string;
}
