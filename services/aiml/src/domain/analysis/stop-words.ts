/** Forty English words that say nothing about what a text is about (07 A-17). "not" and "no" do, so they stay. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a an and are as at be by can do for from has have how i if in is it its of on or that the their this to was we what when where which ' +
    'who will with you your'
  ).split(' '),
);
