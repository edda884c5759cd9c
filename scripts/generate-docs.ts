/**
 * Writes `docs/reference/` from the code, or with `--check` fails when a committed file differs from what the code says.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { configSchemaPage } from './reference/config-schema-page.ts';
import { errorsPage } from './reference/errors-page.ts';
import { settingsPage } from './reference/settings-page.ts';
import { toolsPage } from './reference/tools-page.ts';

const folder = new URL('../docs/reference/', import.meta.url);

const pages: Readonly<Record<string, () => Promise<string>>> = {
  'errors.md': errorsPage,
  'settings.md': settingsPage,
  'tools.md': toolsPage,
  'fairlead.schema.json': configSchemaPage,
};

const isCheck = process.argv.includes('--check');
await mkdir(folder, { recursive: true });
const stale: string[] = [];
for (const [name, render] of Object.entries(pages)) {
  const text = await render();
  const file = new URL(name, folder);
  if (!isCheck) await writeFile(file, text);
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) stale.push(fileURLToPath(file));
}
if (stale.length > 0) {
  console.error(`${stale.join('\n')}\ndiffers from the code. fix: npm run docs`);
  process.exitCode = 1;
}
