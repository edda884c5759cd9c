import { z } from 'zod';
import type { Setting } from '../config.ts';

const formSchema = z.looseObject({
  type: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  format: z.string().optional(),
  secret: z.literal(true).optional(),
  example: z.string().optional(),
});

/** What a setting's text must look like, read off its schema. */
export type SettingForm = z.infer<typeof formSchema>;

/** Reads the accepted form of a setting from its schema: type, bounds, accepted words, whether it is secret. */
export function settingForm(setting: Setting): SettingForm {
  return formSchema.parse(z.toJSONSchema(setting.schema, { io: 'input', unrepresentable: 'any' }));
}

/** Whether a setting holds a secret. */
export function isSecretSetting(setting: Setting): boolean {
  return settingForm(setting).secret === true;
}

/** Says a form in words: `a whole number of milliseconds (100 to 30000)`. `undefined` where the schema does not tell. */
export function formInWords(name: string, form: SettingForm): string | undefined {
  if (form.enum !== undefined) return `one of ${form.enum.join(', ')}`;
  if (form.type === 'integer') return `a whole number${unitOf(name)}${boundsInWords(form)}`;
  if (form.type === 'number') return `a number${unitOf(name)}${boundsInWords(form)}`;
  return undefined;
}

const units: readonly (readonly [RegExp, string])[] = [
  [/_MS(?:_|$)/, ' of milliseconds'],
  [/_SECONDS(?:_|$)/, ' of seconds'],
  [/_MINUTES(?:_|$)/, ' of minutes'],
  [/(?:^|_)BYTES(?:_|$)/, ' of bytes'],
];

// Names end in their unit (10-style Y-06), so the name knows it.
function unitOf(name: string): string {
  return units.find(([pattern]) => pattern.test(name))?.[1] ?? '';
}

function boundsInWords({ minimum, maximum }: SettingForm): string {
  const least = minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? undefined : minimum;
  const most = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (least !== undefined && most !== undefined) return ` (${least} to ${most})`;
  if (least !== undefined) return ` (${least} or more)`;
  return most === undefined ? '' : ` (${most} or less)`;
}
