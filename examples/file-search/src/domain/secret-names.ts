/** Names that are neither found nor searched, as globs without case: hidden ones, and keys (06 S-51). */
export const secretNames = ['.*', '*.pem', '*.key', 'id_*'] as const;

const secretName = /^\.|\.pem$|\.key$|^id_/i;

/** Whether a file or folder of this name is passed over. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}
