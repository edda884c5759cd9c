/** Collects what stays of a text. */
export interface KeptText {
  keep(text: string): void;
  /** Puts `instead`, which may be empty, in the place of something. */
  replace(original: string, instead: string): void;
  /** Leaves out more of what has been replaced. */
  passOver(original: string): void;
  finish(): string;
}

/** White space that stands where something went. */
type Gap = ' ' | '\n' | '\n\n';

/** What must stand before or after a gap for it to be there already. */
const apartBefore: Readonly<Record<Gap, RegExp>> = {
  ' ': /(?:^|\s)$/,
  '\n': /(?:^|\n[ \t]*)$/,
  '\n\n': /(?:^|\n[ \t]*\n[ \t]*)$/,
};
const apartAfter: Readonly<Record<Gap, RegExp>> = { ' ': /^\s/, '\n': /^[ \t]*\n/, '\n\n': /^[ \t]*\n[ \t]*\n/ };

/**
 * Makes a collector. White space stands where something went, a blank line for a blank line, so that the neighbours
 * do not join into markup of their own: `<scr` and `ipt>`, or a fence.
 */
export function createKeptText(): KeptText {
  const pieces: string[] = [];
  let gap: '' | Gap = '';

  function keep(text: string): void {
    if (text === '') return;
    if (gap === '' || /^[ \t]+$/.test(text)) {
      pieces.push(text);
      return;
    }
    const isApart = apartBefore[gap].test(pieces.at(-1) ?? '') || apartAfter[gap].test(text);
    pieces.push(isApart ? '' : gap, withoutFence(text));
    gap = '';
  }

  function passOver(original: string): void {
    if (/\n[ \t]*\n/.test(original)) gap = '\n\n';
    else if (gap !== '\n\n') gap = gap === '\n' || original.includes('\n') ? '\n' : ' ';
  }

  return {
    keep,
    passOver,
    replace(original, instead) {
      passOver(original);
      keep(instead);
      passOver('');
    },
    finish: () => pieces.join(''),
  };
}

/** A fence that comes to stand at the start of a line would turn what follows into code, or code into text. */
function withoutFence(text: string): string {
  return text.replace(/^([ \t]*)(?=```|~~~)/, '$1\\');
}
