import type { z } from 'zod';

/** One environment setting: its schema and the sentence that the reference shows. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  readonly docs: string;
  /** A value that works, shown when the given one does not. Absent: the default is shown. Never a real secret. */
  readonly example?: string;
}

/** Settings of a service by environment variable name. */
export type ConfigDefinition = Readonly<Record<string, Setting>>;

/** The parsed values of a config definition. */
export type ConfigValues<Definition extends ConfigDefinition> = {
  readonly [Name in keyof Definition]: z.output<Definition[Name]['schema']>;
};

/** Declares one setting. An `example` is shown beside a wrong value. */
export function setting<Schema extends z.ZodType>(
  schema: Schema,
  docs: string,
  options: { readonly example?: string } = {},
): Setting<Schema> {
  return Object.freeze({ schema, docs, ...options });
}

/** Declares a service's settings. Every field says its meaning, unit, default and what its absence does. */
export function defineConfig<const Definition extends ConfigDefinition>(definition: Definition): Definition {
  return Object.freeze(definition);
}
