import { InvalidInput } from '@fairlead/server-kit/runtime';

/**
 * The error of an argument that its schema lets pass and that is wrong all the same, in the form of the kit's own.
 *
 * @param path the argument's name.
 * @param reason what is wrong and what would be right, as a sentence.
 */
export function invalidArgument(path: string, reason: string): InvalidInput {
  return new InvalidInput('INPUT_INVALID', {
    publicMessage: `${path}: ${reason}`,
    details: { issues: [{ path, code: 'custom' }] },
  });
}
