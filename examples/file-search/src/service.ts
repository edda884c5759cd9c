import { defineService } from '@fairlead/server-kit';
import { createLocalFiles } from './adapters/local-files.ts';
import { config } from './config.ts';
import type { FileSearchDeps } from './deps.ts';

/** Finds files and lines below one folder. It changes nothing and reads nothing outside. */
export const service = defineService<FileSearchDeps, typeof config>({
  name: 'file-search',
  title: 'File search',
  instructions: 'Searches the files of one folder. find_files knows names, search_content knows what is in them.',
  packageFolder: new URL('../', import.meta.url),
  ports: { mcp: 7103, ops: 7203 },
  config,
  defaultToolsets: ['all'],
  tools: new URL('./tools/', import.meta.url),
  async setup({ config: { FILES_ROOT: root } }) {
    return { deps: { files: root === undefined ? undefined : await createLocalFiles(root) } };
  },
});
