import { Refusal } from '../refusal.ts';

/** Longest statement, in bytes of UTF-8 (06 S-23). */
export const statementBytesMax = 65_536;

/**
 * Refuses text that the parser and the server could read differently.
 *
 * @throws Refusal for NUL bytes (the parser's C string ends there, so `SELECT 1 \0; DROP ...` would parse as one SELECT),
 *   lone surrogates, blank text, and text over 64 KiB (06 S-23).
 */
export function checkText(sql: string): void {
  if (Buffer.byteLength(sql) > statementBytesMax) {
    throw new Refusal(
      'SQL_TOO_COMPLEX',
      `The statement is longer than ${statementBytesMax} bytes. Ask for less at a time.`,
    );
  }
  if (sql.includes('\0')) throw new Refusal('SQL_SYNTAX', 'The statement holds a NUL character. Remove it.');
  if (!sql.isWellFormed())
    throw new Refusal('SQL_SYNTAX', 'The statement is not well-formed Unicode. Send valid UTF-8.');
  if (sql.trim() === '') throw new Refusal('SQL_SYNTAX', 'The statement is empty. Send one SELECT.');
}
