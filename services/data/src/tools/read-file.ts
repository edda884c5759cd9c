import { z } from 'zod';
import { chooseFiles } from '../choose-files.ts';
import { defineTool } from '../define-tool.ts';
import type { LineRange, TextWindow } from '../domain/files/text-window.ts';
import { invalidArgument } from '../invalid-argument.ts';
import { withPublicRefusals } from '../public-refusal.ts';

const linesMax = 5_000;

/** Reads lines of one text file below a configured root. */
export const tool = defineTool({
  name: 'read_file',
  title: 'Read file',
  description: 'Read a range of lines of one text file.',
  permission: 'data:files',
  toolset: 'files',
  effect: 'read',
  parts: 'cut',
  input: z.strictObject({
    path: z.string().min(1).max(1_024).describe('<root>/<path below it>, as find_files gives it.'),
    offset_line: z.int().min(1).default(1).describe('First line, counted from 1.'),
    limit_lines: z.int().min(1).default(500),
    tail: z.int().min(1).max(5_000).optional().describe('The last lines instead; not with offset_line.'),
  }),
  output: z.object({
    path: z.string(),
    start_line: z.int(),
    end_line: z.int(),
    total_lines: z.int().optional(),
    content: z.string(),
    mime: z.string(),
    size: z.int(),
    sha256: z.string().optional(),
  }),
  clamped: { limit_lines: linesMax },
  text: ({ content }) => content,
  async run(deps, { path, offset_line: firstLine, limit_lines: limitLines, tail }, context) {
    const range = chooseRange({ firstLine, limitLines, tail });
    const window = await withPublicRefusals(() => chooseFiles(deps.files).readLines(path, range, context.signal));
    const notice = noticeFor(window, range);
    const source = `file:${window.path}`;
    return {
      path: context.clean(window.path, source),
      start_line: window.startLine,
      end_line: window.endLine,
      ...(window.whole !== undefined && { total_lines: window.whole.totalLines, sha256: window.whole.sha256 }),
      content: context.untrusted(window.content, source),
      mime: window.mime,
      size: window.size,
      truncated: window.cutBy !== undefined,
      ...(window.cutBy !== undefined && { truncated_by: window.cutBy }),
      ...(notice !== undefined && { notice }),
    };
  },
});

interface RangeArguments {
  readonly firstLine: number;
  readonly limitLines: number;
  readonly tail: number | undefined;
}

function chooseRange({ firstLine, limitLines, tail }: RangeArguments): LineRange {
  if (tail === undefined) return { kind: 'from', firstLine, linesMax: limitLines };
  if (firstLine === 1) return { kind: 'tail', linesMax: tail };
  throw invalidArgument('tail', 'give either tail or offset_line, not both.');
}

function noticeFor({ cutBy, startLine, endLine, whole }: TextWindow, range: LineRange): string | undefined {
  if (range.kind === 'tail') {
    if (startLine < 0) return 'The file is too large to count its lines: numbers count back from its end.';
    return cutBy === undefined ? undefined : 'The last lines did not all fit: ask for fewer.';
  }
  if (endLine < startLine)
    return whole === undefined ? 'The file has fewer lines.' : `The file has ${whole.totalLines} lines.`;
  if (cutBy === undefined) return undefined;
  return `There is more: go on with offset_line: ${endLine + 1}.`;
}
