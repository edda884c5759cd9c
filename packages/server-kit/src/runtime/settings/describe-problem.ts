import type { Setting } from '../config.ts';
import { createRedactor } from '../redactor.ts';
import { defaultText } from './describe-config.ts';
import { formInWords, settingForm } from './setting-form.ts';

const shownCharactersMax = 100;

/** One setting whose value was refused. */
export interface RefusedSetting {
  readonly name: string;
  readonly setting: Setting;
  /** The text as it was given; `undefined` when it is missing. */
  readonly value: string | undefined;
  readonly issues: readonly { readonly message: string }[];
}

/**
 * Says in one line what is wrong with a setting and what would work. Shows the given value unless the setting is
 * secret, and even then without anything that looks like a credential.
 */
export function describeProblem({ name, setting, value, issues }: RefusedSetting): string {
  const form = settingForm(setting);
  const example = setting.example ?? form.example ?? defaultText(setting);
  const mend = example === undefined ? '' : ` Example: ${name}=${example}`;
  if (value === undefined) return `${name} is not set. ${setting.docs}${mend}`;
  const shown = form.secret === true ? name : `${name}=${shownValue(value)}`;
  return `${shown} ${reason(issues, formInWords(name, form))}.${mend}`;
}

function reason(issues: readonly { readonly message: string }[], words: string | undefined): string {
  const own = issues.find(({ message }) => /^(?:is|has|must) /.test(message));
  if (own !== undefined) return own.message;
  if (words !== undefined) return `is not ${words}`;
  return `is refused: ${issues.map(({ message }) => message).join('; ')}`;
}

function shownValue(value: string): string {
  const line = createRedactor()(value).replaceAll(/\s+/g, ' ');
  return line.length <= shownCharactersMax ? line : `${line.slice(0, shownCharactersMax)}...`;
}
