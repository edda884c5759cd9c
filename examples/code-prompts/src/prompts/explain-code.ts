import { z } from 'zod';
import { codeArgument, languageArgument } from '../arguments.ts';
import { completeChoice } from '../complete-choice.ts';
import { composePrompt } from '../compose-prompt.ts';
import { definePrompt } from '../define-prompt.ts';

const readers = {
  beginner: 'Write for a beginner: name each concept in plain words and use one small example.',
  expert: 'Write for an expert: skip the basics, name trade-offs, complexity and edge cases.',
} as const;
const level = z.enum(['beginner', 'expert']);

/** Asks for an explanation of code. */
export const prompt = definePrompt({
  name: 'explain_code',
  title: 'Explain code',
  description: 'Explain what a piece of code does and how.',
  permission: 'examples:read',
  arguments: z.strictObject({
    code: codeArgument,
    language: languageArgument.optional(),
    level: level.optional().describe('beginner or expert. Default: expert.'),
  }),
  async render({ newMark }, { code, language, level: reader = 'expert' }) {
    const task = [
      `Explain this ${language === undefined ? '' : `${language} `}code.`,
      'Say first what it is for, then how it works step by step, then what can go wrong.',
      readers[reader],
    ];
    return composePrompt(task, [{ name: 'code', text: code }], newMark());
  },
  complete: { level: completeChoice(level.options) },
});
