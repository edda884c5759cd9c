/** Names that stand for a character that shows nothing. */
const hiddenNames: Readonly<Record<string, number>> = Object.freeze({
  shy: 0xad,
  ZeroWidthSpace: 0x200b,
  NegativeVeryThinSpace: 0x200b,
  NegativeThinSpace: 0x200b,
  NegativeMediumSpace: 0x200b,
  NegativeThickSpace: 0x200b,
  zwnj: 0x200c,
  zwj: 0x200d,
  lrm: 0x200e,
  rlm: 0x200f,
  NoBreak: 0x2060,
  ApplyFunction: 0x2061,
  af: 0x2061,
  InvisibleTimes: 0x2062,
  it: 0x2062,
  InvisibleComma: 0x2063,
  ic: 0x2063,
});

/** Matches whatever may be a reference to a hidden character, and little else. */
export const referencePattern = `&(?:#[xX]?[0-9a-fA-F]|(?:${Object.keys(hiddenNames).join('|')});)`;

/** Names that spell a character which matters in a link or a style. */
const spellingNames: Readonly<Record<string, number>> = Object.freeze({
  colon: 0x3a,
  Tab: 0x09,
  NewLine: 0x0a,
  lpar: 0x28,
  rpar: 0x29,
  sol: 0x2f,
  amp: 0x26,
});

const numeric = /^#(?:[xX]0*([0-9a-fA-F]{1,6})|0*([0-9]{1,7}))$/;
const everyReference = /&(#[xX]?[0-9a-fA-F]{1,12}|[A-Za-z]{2,24});?/g;

/**
 * Reads the inside of a character reference: `#x200b`, `#8203` or `zwnj`, without `&` and `;`.
 *
 * @returns the code point; `undefined` when it stands for an ordinary character or none.
 */
export function readReference(inside: string): number | undefined {
  const match = numeric.exec(inside);
  if (match === null) return Object.hasOwn(hiddenNames, inside) ? hiddenNames[inside] : undefined;
  const [, hex, decimal = ''] = match;
  const codePoint = hex === undefined ? Number.parseInt(decimal, 10) : Number.parseInt(hex, 16);
  // HTML reads these as the visible characters of Windows-1252, so they are honest: &#150; is a dash.
  return codePoint >= 0x80 && codePoint <= 0x9f ? undefined : codePoint;
}

/** Replaces character references by what they stand for, as far as they can spell a link scheme or a style. */
export function decodeReferences(text: string): string {
  return text.replaceAll(everyReference, (whole: string, inside: string) => {
    const codePoint =
      readReference(inside) ?? (Object.hasOwn(spellingNames, inside) ? spellingNames[inside] : undefined);
    return codePoint === undefined || codePoint > 0x10ffff ? whole : String.fromCodePoint(codePoint);
  });
}
