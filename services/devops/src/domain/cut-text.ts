/**
 * Cuts a text to at most `charactersMax` UTF-16 units and says how many were left out: `...[+120 chars]` (05 T-43).
 * Never splits a surrogate pair.
 */
export function cutText(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  const end = isHighSurrogate(text, charactersMax - 1) ? charactersMax - 1 : charactersMax;
  return `${text.slice(0, end)}[+${text.length - end} chars]`;
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd8_00 && unit <= 0xdb_ff;
}
