/** Text after cleaning, and how much of it went. */
export interface CleanedText {
  readonly text: string;
  /** Count of characters and character references that were taken out. */
  readonly removed: number;
}
