import { InvalidInput } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import { defineTool } from '../define-tool.ts';
import { patternFault } from '../domain/pattern-fault.ts';
import { requireFiles } from '../require-files.ts';

const match = z.object({ path: z.string(), line: z.int(), column: z.int(), text: z.string() });

/** Searches the lines of the files below the root (06 S-54). */
export const tool = defineTool({
  name: 'search_content',
  title: 'Search content',
  description: 'Search text inside files.',
  permission: 'examples:read',
  toolset: 'all',
  effect: 'read',
  timeoutMs: 10_000,
  input: z.strictObject({
    query: z.string().min(1).max(1_024).describe('Text to find in one line; an expression with regex: true.'),
    regex: z.boolean().default(false).describe('Read query as a regular expression of the Rust kind.'),
    glob: z.string().min(1).max(1_000).optional().describe('Only files that fit, such as *.md.'),
    limit: z.int().min(1).default(100),
  }),
  output: z.object({ matches: z.array(match), truncated: z.boolean(), notice: z.string().optional() }),
  clamped: { limit: 100 },
  text: ({ matches }) => matches.map(({ path, line, text }) => `${path}:${line}: ${text}`).join('\n'),
  async run(deps, query, { clean, signal }) {
    const fault = query.query.includes('\0') ? 'it holds a zero character' : patternFault(query.glob ?? '');
    if (fault !== undefined) throw new InvalidInput('INPUT_INVALID', { publicMessage: `query or glob: ${fault}.` });
    const found = await requireFiles(deps).search({ ...query, glob: query.glob }, signal);
    const isCut = found.length > query.limit;
    return {
      matches: found.slice(0, query.limit).map((line) => ({
        ...line,
        path: clean(line.path, 'files'),
        text: clean(line.text, `file:${line.path}`),
      })),
      truncated: isCut,
      ...(isCut && { notice: 'There are more matches: narrow query or glob.' }),
    };
  },
});
