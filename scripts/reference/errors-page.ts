import { z } from 'zod';
import { generatedHeader } from './generated-note.ts';
import { loadExport } from './load-export.ts';
import { markdownTable } from './markdown-table.ts';

const table = z.record(z.string(), z.object({ status: z.int(), retryable: z.boolean(), docs: z.string() }));

/** Every table of error codes, in the order of the page. */
const errorCodeTables: readonly { readonly title: string; readonly file: string; readonly name: string }[] = [
  { title: 'Every service', file: 'packages/server-kit/src/runtime/errors/error-codes.ts', name: 'coreErrorCodes' },
  { title: 'Identity', file: 'packages/server-kit/src/identity/error-codes.ts', name: 'identityErrorCodes' },
  { title: 'Gateway', file: 'services/gateway/src/error-codes.ts', name: 'gatewayErrorCodes' },
  { title: 'Data', file: 'services/data/src/error-codes.ts', name: 'errorCodes' },
  { title: 'DevOps', file: 'services/devops/src/error-codes.ts', name: 'errorCodes' },
  { title: 'AI/ML', file: 'services/aiml/src/error-codes.ts', name: 'errorCodes' },
  { title: 'Bridge', file: 'packages/cli/src/bridge/error-codes.ts', name: 'errorCodes' },
  { title: 'Example: calculator', file: 'examples/calculator/src/error-codes.ts', name: 'errorCodes' },
  { title: 'Example: notes', file: 'examples/notes/src/error-codes.ts', name: 'errorCodes' },
  { title: 'Test kit', file: 'packages/testkit/src/error-codes.ts', name: 'errorCodes' },
  { title: 'Doubles', file: 'packages/testkit/src/doubles/error-codes.ts', name: 'errorCodes' },
];

/** Renders `errors.md`: every code with its status, whether to try again, and when it happens. */
export async function errorsPage(): Promise<string> {
  const intro =
    'A refusal carries one of these codes: in `_meta["dev.fairlead/error"].code` of a tool result, in `code` of a problem\ndocument, or in the text of a JSON-RPC error. The status is that of plain HTTP; a tool result always has status 200.';
  const sections = await Promise.all(
    errorCodeTables.map(async ({ title, file, name }) => {
      const codes = Object.entries(table.parse(await loadExport(file, name)));
      const rows = codes.map(([code, { status, retryable, docs }]) => [
        `\`${code}\``,
        String(status),
        retryable ? 'yes' : 'no',
        docs,
      ]);
      return `\n## ${title}\n\n${markdownTable(['code', 'status', 'try again', 'when it happens'], rows)}\n`;
    }),
  );
  return generatedHeader('Error codes', intro) + sections.join('');
}
