/** A piece of a document that is not cut unless it is too long. Offsets are UTF-16 units of the normalised text. */
export interface Block {
  /** `prose` is cut at sentences, `lines` at line ends; a `heading` begins a section. */
  readonly kind: 'heading' | 'prose' | 'lines';
  readonly start: number;
  readonly end: number;
  /** Level (1 to 6) and text of a heading. */
  readonly heading?: { readonly level: number; readonly title: string };
}
