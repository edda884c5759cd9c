import { parseKeepingNumbers } from './raw-json.ts';
import { scanJson } from './scan-json.ts';

/**
 * Parses JSON so that writing it again changes no number (04 G-12).
 *
 * @throws SyntaxError when it is none.
 */
export function parseExact(text: string): unknown {
  return scanJson(Buffer.from(text, 'utf8')).inexactNumbers ? parseKeepingNumbers(text) : JSON.parse(text);
}
