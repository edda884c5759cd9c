import { z } from 'zod';
import { defineConfig, setting, type ConfigDefinition } from '../runtime/config.ts';
import { flag } from '../runtime/settings/flag.ts';

/** The two settings by which an operator narrows a service's tools: `<NAME>_TOOLSETS` and `<NAME>_READ_ONLY` (05 T-07). */
export function toolsetSettings(serviceName: string, defaultToolsets: readonly string[]): ConfigDefinition {
  const prefix = settingPrefix(serviceName);
  return defineConfig({
    [`${prefix}_TOOLSETS`]: setting(
      z.string().min(1).default('default'),
      `Toolsets that are on: a comma list, \`default\` (${defaultToolsets.join(', ')}) or \`all\`.`,
      { example: 'all' },
    ),
    [`${prefix}_READ_ONLY`]: setting(
      flag().default(false),
      'Removes every tool that changes something, whatever roles say.',
    ),
  });
}

/** `code-prompts` becomes `CODE_PROMPTS`. */
export function settingPrefix(serviceName: string): string {
  return serviceName.toUpperCase().replaceAll('-', '_');
}
