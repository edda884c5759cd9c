import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renameCode, renameText, type Renaming } from './rename-text.ts';

/** What an install or a build made, and the story that only examples have. */
const leftOut: ReadonlySet<string> = new Set(['node_modules', 'dist', '.turbo', 'coverage', 'run.ts']);
const codeFile = /\.(?:ts|mjs|js)$/;
const textFile = /\.(?:json|md|ya?ml|txt|sql)$/;

/**
 * Copies an example's folder and renames it on the way, file names too. Files that are not text are copied as they are.
 *
 * @returns the files that were written, relative to the new folder.
 */
export function copyExample(from: string, to: string, renaming: Renaming): readonly string[] {
  mkdirSync(to, { recursive: true });
  return readdirSync(from, { withFileTypes: true })
    .filter((entry) => !leftOut.has(entry.name))
    .flatMap((entry) => {
      const source = path.join(from, entry.name);
      const name = renameText(entry.name, renaming);
      const target = path.join(to, name);
      if (entry.isDirectory()) return copyExample(source, target, renaming).map((file) => path.join(name, file));
      const bytes = readFileSync(source);
      writeFileSync(target, contentFor(entry.name, bytes, renaming));
      return [name];
    });
}

function contentFor(file: string, bytes: Buffer, renaming: Renaming): string | Buffer {
  if (codeFile.test(file)) return renameCode(bytes.toString('utf8'), renaming);
  return textFile.test(file) ? adapt(file, renameText(bytes.toString('utf8'), renaming)) : bytes;
}

/** The two manifests in which a service differs from an example by more than its name. */
function adapt(file: string, text: string): string {
  if (file === 'turbo.json') return text.replace('"example"', '"service"');
  if (file === 'package.json') return text.replace(/("description": ")[^"]*"/, '$1MCP server made from an example."');
  return text;
}
