import { decodeReferences } from '../character-reference.ts';

const scheme = /^(?:javascript|vbscript|livescript|mocha|data):/i;

// Browsers skip these inside a scheme, or Markdown takes them off before it.
const skipped = /[\s\p{Cc}\\]/gu;

/**
 * Whether a link target runs code or brings its own content (`javascript:`, `vbscript:`, `data:`). Sees through
 * character references, percent signs, backslashes, and the spaces and controls that browsers skip.
 */
export function isUnsafeLink(target: string): boolean {
  const decoded = decodeReferences(decodeReferences(target));
  const unescaped = decoded.replaceAll(/%([0-9a-f]{2})/gi, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return scheme.test(unescaped.replaceAll(skipped, ''));
}
