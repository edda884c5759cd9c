import { existsSync } from 'node:fs';
import { loadPrompts, loadResources, loadTools } from '@fairlead/server-kit';
import { generatedHeader } from './generated-note.ts';
import { rootFolder } from './load-export.ts';
import { markdownTable } from './markdown-table.ts';

const servers = [
  { name: 'data', folder: 'services/data/src' },
  { name: 'devops', folder: 'services/devops/src' },
  { name: 'aiml', folder: 'services/aiml/src' },
  { name: 'calculator', folder: 'examples/calculator/src' },
  { name: 'notes', folder: 'examples/notes/src' },
  { name: 'file-search', folder: 'examples/file-search/src' },
  { name: 'code-prompts', folder: 'examples/code-prompts/src' },
] as const;

/** Renders `tools.md`: every tool, resource and prompt of every server. */
export async function toolsPage(): Promise<string> {
  const intro =
    'Behind the gateway a tool is called `<server>__<tool>`. `read` changes nothing outside; `write` only adds or renews;\n`destructive` overwrites, deletes, starts or stops. Exact schemas: `fairlead tools show <server>__<tool>`.';
  const sections = await Promise.all(servers.map(({ name, folder }) => serverSection(name, folder)));
  return generatedHeader('Tools, resources, prompts', intro) + sections.join('');
}

async function serverSection(name: string, folder: string): Promise<string> {
  const parts = [await toolTable(folder), await resourceTable(folder), await promptTable(folder)].filter(
    (part) => part !== '',
  );
  return `\n## ${name}\n\n${parts.join('\n\n')}\n`;
}

async function toolTable(folder: string): Promise<string> {
  const tools = existsSync(rootFolder(`${folder}/tools`)) ? await loadTools(rootFolder(`${folder}/tools`)) : [];
  if (tools.length === 0) return '';
  const rows = tools.map((tool) => [
    `\`${tool.name}\``,
    tool.description,
    `\`${tool.permission}\``,
    tool.effect,
    tool.toolset,
  ]);
  return markdownTable(['tool', 'what it does', 'permission', 'effect', 'toolset'], rows);
}

async function resourceTable(folder: string): Promise<string> {
  const resources = existsSync(rootFolder(`${folder}/resources`))
    ? await loadResources(rootFolder(`${folder}/resources`))
    : [];
  if (resources.length === 0) return '';
  return markdownTable(
    ['resource', 'what it is', 'permission'],
    resources.map((resource) => [`\`${resource.uri}\``, resource.description, `\`${resource.permission}\``]),
  );
}

async function promptTable(folder: string): Promise<string> {
  const prompts = existsSync(rootFolder(`${folder}/prompts`)) ? await loadPrompts(rootFolder(`${folder}/prompts`)) : [];
  if (prompts.length === 0) return '';
  return markdownTable(
    ['prompt', 'what it asks for', 'permission'],
    prompts.map((prompt) => [`\`${prompt.name}\``, prompt.description, `\`${prompt.permission}\``]),
  );
}
