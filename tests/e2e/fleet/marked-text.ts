/** What stands between the marks that the kit puts around untrusted text (06 section 9). */
export function markedText(text: string): string {
  const inside = /<(untrusted-[\w-]+)>\n([\s\S]*)\n<\/\1>/.exec(text)?.[2];
  if (inside === undefined) throw new Error(`no marked text in: ${text}`);
  return inside;
}
