import { z } from 'zod';
import { codeArgument, goalArgument } from '../arguments.ts';
import { composePrompt } from '../compose-prompt.ts';
import { definePrompt } from '../define-prompt.ts';

/** Asks for a better shape of code that works. */
export const prompt = definePrompt({
  name: 'suggest_refactor',
  title: 'Suggest refactor',
  description: 'Suggest a better shape for a piece of code that keeps what it does.',
  permission: 'examples:read',
  arguments: z.strictObject({ code: codeArgument, goal: goalArgument.optional() }),
  async render({ newMark }, { code, goal }) {
    const task = [
      'Suggest a refactoring of this code that keeps its behaviour.',
      'Give steps that each leave it working, then the code after the last step, then what a test should cover first.',
    ];
    const materials = [
      { name: 'goal', text: goal },
      { name: 'code', text: code },
    ];
    return composePrompt(task, materials, newMark());
  },
});
