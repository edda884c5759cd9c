import { InvalidInput } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { patternFault } from '../domain/pattern-fault.ts';
import { requireFiles } from '../require-files.ts';

const position = z.strictObject({ after: z.string() });

/** Finds files below the root, in the order of their paths (06 S-54). */
export const tool = defineTool({
  name: 'find_files',
  title: 'Find files',
  description: 'Find files by name pattern.',
  permission: 'examples:read',
  toolset: 'all',
  effect: 'read',
  parts: 'page',
  timeoutMs: 5_000,
  input: z.strictObject({
    pattern: z
      .string()
      .min(1)
      .max(1_000)
      .describe('Glob, such as *.md or guides/**/*.{md,txt}. Without / it matches at any depth.'),
    limit: z.int().min(1).default(100),
    cursor: z.string().min(1).max(1_024).optional().describe('next_cursor of the page before.'),
  }),
  output: z.object({ files: z.array(z.object({ path: z.string(), size: z.int(), modified: z.string() })) }),
  clamped: { limit: 1_000 },
  text: ({ files }) => files.map(({ path, size, modified }) => `${path} (${size} bytes, ${modified})`).join('\n'),
  async run(deps, { pattern, limit, cursor }, { cursors, clean, signal }) {
    const files = requireFiles(deps);
    const fault = patternFault(pattern);
    if (fault !== undefined)
      throw new InvalidInput('INPUT_INVALID', { publicMessage: `pattern: ${fault}.`, details: { path: 'pattern' } });
    const after = cursor === undefined ? '' : cursors.open(cursor, position).after;
    const found = (await files.find(pattern, signal)).filter((path) => path > after);
    const page = found.slice(0, limit);
    const described = await files.describe(page);
    const isCut = found.length > limit;
    return {
      files: described.map((file) => ({ ...file, path: clean(file.path, 'files') })),
      truncated: isCut,
      ...(isCut && {
        truncated_by: 'rows' as const,
        next_cursor: cursors.seal({ after: page.at(-1) }),
        notice: 'There are more files: pass next_cursor with the same pattern, or narrow it.',
      }),
    };
  },
});
