import { defineResource } from '../define-resource.ts';
import { documentUri } from '../domain/retrieval/citation.ts';
import { collectionsMax } from '../domain/retrieval/search-plan.ts';
import { selectLines } from '../domain/retrieval/select-lines.ts';
import { scopeOf } from '../domain/scope.ts';

const completionsMax = 100;
/** What one read returns at most; a citation's lines are far below. */
const textCharsMax = 200_000;

/** A document's text, or the lines that a citation names: `doc://handbook/d_1#L40-L58`. */
export const resource = defineResource({
  name: 'document',
  title: 'Document',
  description: 'The text of an indexed document. #L40-L58 behind the id selects lines, as citations do.',
  uri: 'doc://{collection}/{document_id}',
  mimeType: 'text/plain',
  permission: 'aiml:read',
  async read({ collections, documents }, variables, context) {
    const scope = scopeOf(context.principal);
    const [documentId = '', lines] = (variables['document_id'] ?? '').split('#', 2);
    const collection = await collections.find(scope, variables['collection'] ?? '');
    const document = collection && (await documents.read(scope, collection.id, documentId));
    const text = document && selectLines(document.text, lines);
    if (!collection || !document || text === undefined) return undefined;
    const source = documentUri(collection.name, documentId);
    const shown =
      text.length > textCharsMax
        ? `${text.slice(0, textCharsMax).toWellFormed()} [+${text.length - textCharsMax} chars]`
        : text;
    return [{ uri: context.uri, mimeType: document.mime, text: context.untrusted(shown, source) }];
  },
  complete: {
    async collection({ collections }, prefix, { principal }) {
      const found = await collections.list(scopeOf(principal), { after: '', limit: 1_000 });
      return found
        .map(({ name }) => name)
        .filter((name) => name.startsWith(prefix))
        .slice(0, completionsMax);
    },
    /** Of the first collections only: which one is meant is not told. */
    async document_id({ collections, documents }, prefix, { principal }) {
      const scope = scopeOf(principal);
      const found = await collections.list(scope, { after: '', limit: collectionsMax });
      const ids = await Promise.all(
        found.map(({ id }) => documents.idsByPrefix(scope, id, { prefix, limit: completionsMax })),
      );
      return [...new Set(ids.flat())].toSorted().slice(0, completionsMax);
    },
  },
});
