import { promptFactory } from '@fairlead/server-kit';
import type { CodePromptsDeps } from './deps.ts';

/** Defines a prompt of this server. */
export const definePrompt = promptFactory<CodePromptsDeps>();
