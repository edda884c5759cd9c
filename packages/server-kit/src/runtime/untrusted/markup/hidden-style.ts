import { decodeReferences } from '../character-reference.ts';

const nothing = String.raw`0*(?:\.0+)?(?:px|em|rem|%|pt|vw|vh)?(?=;|!|$)`;
const hiding = new RegExp(
  [
    'display:none',
    'visibility:(?:hidden|collapse)',
    `(?:^|;)(?:font-size|opacity|width|height|max-width|max-height|line-height):0${nothing}`,
    `(?:^|;)font:[^;]*(?<![0-9.])0(?:px|em|rem|%|pt)`,
  ].join('|'),
);

/** Whether an inline style makes an element invisible: not displayed, or of size or opacity zero (06 S-92). */
export function isHiddenStyle(style: string): boolean {
  return hiding.test(plainStyle(style));
}

/** Whether an inline style loads something from elsewhere. */
export function isLoadingStyle(style: string): boolean {
  return /url\(|image-set\(|@import|expression\(/.test(plainStyle(style));
}

/** Takes out what CSS reads over: references, escapes, comments, spaces, case. */
function plainStyle(style: string): string {
  return decodeReferences(style)
    .replaceAll(/\\([0-9a-f]{1,6})\s?/gi, (whole, hex: string) => characterOf(Number.parseInt(hex, 16)) ?? whole)
    .replaceAll('\\', '')
    .replaceAll(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, '')
    .replaceAll(/\s+/g, '')
    .toLowerCase();
}

function characterOf(codePoint: number): string | undefined {
  return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : undefined;
}
