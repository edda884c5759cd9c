import { z } from 'zod';
import { codeArgument, errorArgument, stackArgument } from '../arguments.ts';
import { composePrompt } from '../compose-prompt.ts';
import { definePrompt } from '../define-prompt.ts';

/** Asks for the cause of an error. */
export const prompt = definePrompt({
  name: 'explain_error',
  title: 'Explain error',
  description: 'Explain an error message and how to mend its cause.',
  permission: 'examples:read',
  arguments: z.strictObject({ error: errorArgument, code: codeArgument.optional(), stack: stackArgument.optional() }),
  async render({ newMark }, { error, code, stack }) {
    const task = [
      'Explain this error.',
      'Say what it means, the likeliest cause, how to check that it is the cause, and how to mend it.',
      'Name a second cause only when the material speaks for it.',
    ];
    const materials = [
      { name: 'error', text: error },
      { name: 'code', text: code },
      { name: 'stack', text: stack },
    ];
    return composePrompt(task, materials, newMark());
  },
});
