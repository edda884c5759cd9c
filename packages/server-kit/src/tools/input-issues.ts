import type { z } from 'zod';
import { InvalidInput } from '../runtime/errors/errors.ts';

const ISSUES_SHOWN = 5;

/**
 * Turns schema issues into one refusal that names field, rule and the kind of value that came, never the value itself
 * (05 T-05, SEP-1303).
 */
export function invalidInput(
  tool: { name: string; input: z.ZodObject },
  issues: readonly z.core.$ZodIssue[],
): InvalidInput {
  const lines = issues.slice(0, ISSUES_SHOWN).map((issue) => describe(issue, Object.keys(tool.input.shape)));
  const rest = issues.length > ISSUES_SHOWN ? ` ${issues.length - ISSUES_SHOWN} more.` : '';
  return new InvalidInput('INPUT_INVALID', {
    publicMessage: `The input of ${tool.name} breaks its schema: ${lines.join('; ')}.${rest}`,
    fix: 'Correct these fields and call again.',
    details: { issues: issues.slice(0, ISSUES_SHOWN).map((issue) => ({ path: pathOf(issue.path), code: issue.code })) },
  });
}

function describe(issue: z.core.$ZodIssue, known: readonly string[]): string {
  const path = pathOf(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return `${path === '' ? '' : `${path}: `}unknown key ${issue.keys.map((key) => JSON.stringify(key.slice(0, 64))).join(', ')} (known: ${known.join(', ')})`;
  }
  return `${path === '' ? 'the input' : path}: ${issue.message}`;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : String(part)))
    .join('.')
    .replaceAll('.[', '[');
}
