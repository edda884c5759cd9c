/**
 * Brings text into the one form that offsets count in: well-formed UTF-16, NFC, LF line ends, no byte order mark, no
 * control characters but tab and newline (07 A-07). Applying it twice changes nothing.
 */
export function normaliseText(text: string): string {
  return text
    .toWellFormed()
    .replace(/^\uFEFF+/, '')
    .replaceAll(/\r\n?|\v|\f/g, '\n')
    .replaceAll(/(?![\t\n])\p{Cc}/gu, '')
    .normalize('NFC');
}
