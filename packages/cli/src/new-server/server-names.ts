/** The spellings of a server's name that stand in an example's files. */
export interface ServerNames {
  /** `file-search` */
  readonly kebab: string;
  /** `FileSearch` */
  readonly pascal: string;
  /** `fileSearch` */
  readonly camel: string;
  /** `FILE_SEARCH` */
  readonly screaming: string;
  /** `File search` */
  readonly title: string;
}

/** Spells a kebab-case name in all the ways that code and docs need. */
export function spellings(kebab: string): ServerNames {
  const words = kebab.split('-').filter((word) => word !== '');
  const pascal = words.map(capital).join('');
  return {
    kebab,
    pascal,
    camel: pascal.charAt(0).toLowerCase() + pascal.slice(1),
    screaming: words.join('_').toUpperCase(),
    title: capital(words.join(' ')),
  };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
