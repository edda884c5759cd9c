import { serviceSettings } from '@fairlead/server-kit';
import { describeConfig, platformSettings, type ConfigDefinition } from '@fairlead/server-kit/runtime';
import { generatedHeader } from './generated-note.ts';
import { loadExport } from './load-export.ts';
import { markdownTable } from './markdown-table.ts';

const services = [
  { title: 'Data', file: 'services/data/src/service.ts' },
  { title: 'DevOps', file: 'services/devops/src/service.ts' },
  { title: 'AI/ML', file: 'services/aiml/src/service.ts' },
] as const;

/** Renders `settings.md`: every environment setting of every process. */
export async function settingsPage(): Promise<string> {
  const intro =
    'A secret may also be given as the path of a file, by the same name with `_FILE` behind it. A wrong value ends the start\nwith exit code 1 and one line for each mistake.';
  const own = await Promise.all(
    services.map(async ({ title, file }) => section(title, ownSettings(await loadExport(file, 'service')))),
  );
  const gateway = section('Gateway', toConfig(await loadExport('services/gateway/src/config.ts', 'config')));
  return generatedHeader('Settings', intro) + section('Every service', platformSettings) + gateway + own.join('');
}

function section(title: string, config: ConfigDefinition): string {
  const rows = describeConfig(config).map((row) => [
    `\`${row.name}\``,
    row.secret ? 'secret' : row.type,
    row.required ? 'required' : row.default === undefined ? 'absent' : `\`${row.default}\``,
    row.docs,
  ]);
  return `\n## ${title}\n\n${markdownTable(['setting', 'form', 'default', 'meaning'], rows)}\n`;
}

/** What a service has beside the settings of each process. */
function ownSettings(service: unknown): ConfigDefinition {
  const all: ConfigDefinition = serviceSettings(toService(service));
  return Object.fromEntries(Object.entries(all).filter(([name]) => !(name in platformSettings)));
}

type Service = Parameters<typeof serviceSettings>[0];

/** The narrowings of this module: the files are our own, and a wrong shape fails in the next line that uses it. */
function toService(value: unknown): Service {
  return value as Service;
}

function toConfig(value: unknown): ConfigDefinition {
  return value as ConfigDefinition;
}
