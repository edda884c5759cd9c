import { dirname } from 'node:path';
import { readDevJson } from './read-dev-json.ts';
import { repositoryRoot } from './repository-root.ts';

/** Texts of the inside that no answer may hold (06 R1): paths, keys, passwords, stacks. */
export async function insideTexts(stateFolder: string): Promise<readonly string[]> {
  const { keys, postgres } = await readDevJson(stateFolder);
  const passwords = Object.values(postgres ?? {}).flatMap((url) => (url === undefined ? [] : [new URL(url).password]));
  return [
    repositoryRoot,
    stateFolder,
    dirname(process.execPath),
    'node_modules',
    'node:internal',
    '.ts:',
    '.js:',
    ...Object.values(keys),
    ...passwords,
  ];
}

/** Those of the given texts that stand in `answer`. */
export function textsWithin(answer: string, texts: readonly string[]): readonly string[] {
  return texts.filter((text) => answer.includes(text));
}
