const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '\u2013',
  mdash: '\u2014',
  hellip: '\u2026',
  lsquo: '\u2018',
  rsquo: '\u2019',
  ldquo: '\u201C',
  rdquo: '\u201D',
  bull: '\u2022',
  middot: '\u00B7',
  copy: '\u00A9',
  reg: '\u00AE',
  trade: '\u2122',
  euro: '\u20AC',
  pound: '\u00A3',
  sect: '\u00A7',
  para: '\u00B6',
  deg: '\u00B0',
  times: '\u00D7',
  rarr: '\u2192',
  larr: '\u2190',
  le: '\u2264',
  ge: '\u2265',
  ne: '\u2260',
};

/** Decodes HTML character references once: all numeric ones and the common names. An unknown name stays as it is. */
export function decodeCharacterReferences(text: string): string {
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,8});/gi, (whole, body: string) => {
    if (!body.startsWith('#')) return Object.hasOwn(named, body) ? (named[body] ?? whole) : whole;
    const isHex = body[1] === 'x' || body[1] === 'X';
    return characterOf(isHex ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1)));
  });
}

function characterOf(codePoint: number): string {
  const isCharacter = codePoint > 0 && codePoint <= 0x10ffff && (codePoint < 0xd800 || codePoint > 0xdfff);
  return isCharacter ? String.fromCodePoint(codePoint) : '\uFFFD';
}
