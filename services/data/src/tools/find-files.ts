import { z } from 'zod';
import { chooseFiles } from '../choose-files.ts';
import { defineTool } from '../define-tool.ts';
import { cursorField, idPattern } from '../input-fields.ts';
import { withPublicRefusals } from '../public-refusal.ts';

const filesMax = 1_000;
const position = z.strictObject({ after: z.string() });

/** Finds files below the configured roots, in the order of their paths. */
export const tool = defineTool({
  name: 'find_files',
  title: 'Find files',
  description: 'Find files by name pattern.',
  permission: 'data:files',
  toolset: 'files',
  effect: 'read',
  parts: 'page',
  input: z.strictObject({
    pattern: z
      .string()
      .min(1)
      .max(1_000)
      .describe('Glob, such as *.md or guides/**/*.{md,txt}. Without / it matches at any depth.'),
    root: z.string().regex(idPattern).optional().describe('Only this root: the first part of the paths.'),
    exclude: z
      .array(z.string().min(1).max(512))
      .max(20)
      .optional()
      .describe('Globs of files and folders to leave out.'),
    include_hidden: z.boolean().default(false).describe('Also names that begin with a dot.'),
    limit: z.int().min(1).default(100),
    cursor: cursorField,
  }),
  output: z.object({
    files: z.array(z.object({ path: z.string(), size: z.int(), modified: z.string() })),
    searched: z.int(),
  }),
  clamped: { limit: filesMax },
  text: ({ files }) =>
    files.length === 0
      ? 'No file matches.'
      : files.map((file) => `${file.path} (${file.size} bytes, ${file.modified})`).join('\n'),
  async run(deps, { pattern, root, exclude = [], include_hidden: includeHidden, limit, cursor }, context) {
    const after = cursor === undefined ? undefined : context.cursors.open(cursor, position).after;
    const search = { pattern, root, exclude, includeHidden, limit, after };
    const found = await withPublicRefusals(() => chooseFiles(deps.files).find(search, context.signal));
    const { stopped } = found;
    return {
      files: found.files.map((file) => ({ ...file, path: context.clean(file.path, 'files') })),
      searched: found.searched,
      truncated: stopped !== undefined,
      ...(stopped !== undefined && {
        truncated_by: stopped.by,
        next_cursor: context.cursors.seal({ after: stopped.after }),
        notice: 'There may be more files: pass next_cursor with the same arguments, or narrow the pattern.',
      }),
    };
  },
});
