import type { CallContext } from '@fairlead/server-kit';
import { cleanText, createLogger } from '@fairlead/server-kit/runtime';

/** The context of one call, for tests of resources and prompts: cleans as the real one does, keeps no labels. */
export function createFakeContext(): CallContext {
  return {
    principal: { sub: 'ana', roles: ['analyst'], allow: ['data:*'], deny: [], via: 'key' },
    signal: new AbortController().signal,
    log: createLogger({ name: 'test', level: 'silent' }),
    traceId: '0123456789abcdef0123456789abcdef',
    progress: () => undefined,
    cursors: {
      seal: () => 'cursor',
      open: () => {
        throw new Error('resources and prompts have no cursors');
      },
    },
    untrusted: (text) => cleanText(text).text,
    clean: (text) => cleanText(text).text,
    label: () => undefined,
    attach: () => undefined,
    ask: () => Promise.reject(new Error('resources and prompts ask nobody')),
  };
}
