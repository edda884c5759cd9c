import type { ConfigDefinition, Setting } from '../config.ts';
import { formInWords, settingForm } from './setting-form.ts';

/** One setting as a reference table shows it. */
export interface ConfigRow {
  readonly name: string;
  /** What is accepted, in words: `a whole number of seconds (0 to 600)`. */
  readonly type: string;
  /** The default as one would write it; `undefined` when absence has no value. */
  readonly default: string | undefined;
  readonly required: boolean;
  /** A secret may also come by `<NAME>_FILE`. */
  readonly secret: boolean;
  readonly docs: string;
}

/** Describes settings for generated reference tables, in the order in which they are declared. */
export function describeConfig(definition: ConfigDefinition): readonly ConfigRow[] {
  return Object.entries(definition).map(([name, setting]) => describeSetting(name, setting));
}

/** The default of a setting as one would write it in the environment; `undefined` when there is none. */
export function defaultText(setting: Setting): string | undefined {
  const parsed = setting.schema.safeParse(undefined);
  if (!parsed.success) return undefined;
  const value: unknown = parsed.data;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.join(',');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function describeSetting(name: string, setting: Setting): ConfigRow {
  const form = settingForm(setting);
  return {
    name,
    type: formInWords(name, form) ?? (form.format === 'uri' ? 'a URL' : 'a text'),
    default: defaultText(setting),
    required: !setting.schema.safeParse(undefined).success,
    secret: form.secret === true,
    docs: setting.docs,
  };
}
