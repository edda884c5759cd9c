/** First lines of every generated page. */
export function generatedHeader(title: string, intro: string): string {
  return `# ${title}\n\n<!-- Made by \`npm run docs\`. Change the code, not this page. -->\n\n${intro}\n`;
}
