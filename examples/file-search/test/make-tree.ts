import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const files: Readonly<Record<string, string>> = {
  'readme.md': 'A rope and a knot.\nNo Rope here.\n',
  'guides/splice.md': 'How to splice a rope.\n',
  'guides/deep/knots.txt': 'rope rope rope\n',
  '..notes.md': 'rope that is hidden by its dot\n',
  '.env': 'TOKEN=rope\n',
  '.git/config': 'rope\n',
  'server.pem': 'rope\n',
  ID_rsa: 'rope\n',
  'private/KEYS.KEY': 'rope\n',
  'build/out.md': 'rope\n',
  'guides/draft.md': 'rope\n',
  '.gitignore': 'build/\n',
  'guides/.gitignore': 'draft.*\n',
  'long.txt': `${'x'.repeat(600)} rope\n`,
  'binary.bin': '\0\0rope\0',
};

/** Writes a folder that has what a search must find, and beside it what it must not. */
export async function makeTree(root: string): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    await writeFile(join(root, name), content);
  }
  await writeFile(join(dirname(root), 'outside.md'), 'rope outside\n');
  await symlink(join(dirname(root), 'outside.md'), join(root, 'link.md'));
  await symlink(dirname(root), join(root, 'up'));
  execFileSync('mkfifo', [join(root, 'fifo.md')]);
}
