import { z } from 'zod';
import { codeArgument, languageArgument } from '../arguments.ts';
import { completeChoice } from '../complete-choice.ts';
import { composePrompt } from '../compose-prompt.ts';
import { definePrompt } from '../define-prompt.ts';

const questions = {
  bugs: 'Look for wrong results, unhandled cases, races and lost errors.',
  security: 'Look for injection, missing checks, leaked secrets, and trust in what a caller sends.',
  speed: 'Look for work that is done too often, waits that could overlap, and memory that grows.',
  style: 'Look for unclear names, long functions, hidden dependencies and comments that say nothing.',
} as const;
const focus = z.enum(['bugs', 'security', 'speed', 'style']);

/** Asks for a review of code. */
export const prompt = definePrompt({
  name: 'review_code',
  title: 'Review code',
  description: 'Review a piece of code for faults.',
  permission: 'examples:read',
  arguments: z.strictObject({
    code: codeArgument,
    language: languageArgument.optional(),
    focus: focus.optional().describe('bugs, security, speed or style. Default: bugs.'),
  }),
  async render({ newMark }, { code, language, focus: question = 'bugs' }) {
    const task = [
      `Review this ${language === undefined ? '' : `${language} `}code. ${questions[question]}`,
      'For each finding: the line, what is wrong, how it shows, and the smallest change that mends it.',
      'The worst first. Say so when there is nothing to find.',
    ];
    return composePrompt(task, [{ name: 'code', text: code }], newMark());
  },
  complete: { focus: completeChoice(focus.options) },
});
