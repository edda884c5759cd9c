import { InvalidInput } from '@fairlead/server-kit/runtime';
import { z } from 'zod';
import { chooseTargets, type ChosenTargets } from '../access/choose-targets.ts';
import { defineTool } from '../define-tool.ts';
import { lexicalHash } from '../domain/analysis/lexical-hash.ts';
import { lexicalRerankName } from '../domain/retrieval/lexical-rerank.ts';
import { searchModes, type SearchAnswer } from '../domain/retrieval/search-request.ts';
import { scopeOf } from '../domain/scope.ts';
import { normaliseText } from '../domain/text/normalise-text.ts';
import { fields } from '../fields.ts';
import { hitSchema, readableHits, toHit } from '../hit.ts';

const conditions = z.array(z.looseObject({})).min(1).max(64).optional();

const input = z.strictObject({
  query: z.string().min(1).max(4_000).describe('A question or words.'),
  collection: fields.collection.optional().describe('Default: all that you may read, at most 8.'),
  mode: z.enum(searchModes).default('hybrid'),
  top_k: z.int().min(1).max(50).default(5),
  filter: z
    .strictObject({ must: conditions, should: conditions, must_not: conditions })
    .refine((filter) => Object.keys(filter).length > 0, 'is empty: give must, should or must_not')
    .meta({ minProperties: 1 })
    .optional()
    .describe('Conditions such as {"field": "year", "match": 2026}; also any, except, range, is_empty.'),
  min_score: z.number().min(-1_000).max(1_000).optional(),
  max_chars: z.int().min(200).max(50_000).default(8_000).describe('Characters of all passages together.'),
  rerank: z.boolean().default(false).describe('Rank the best 30 again by the words alone.'),
  explain: z.boolean().default(false).describe('Say why each hit stands where it stands.'),
});

/** Finds the passages that answer a question, each with a citation that opens its exact lines. */
export const tool = defineTool({
  name: 'search_documents',
  title: 'Search documents',
  description: 'Find the passages of a collection that answer a question.',
  permission: 'aiml:read',
  toolset: 'search',
  effect: 'read',
  input,
  output: z.object({
    hits: z.array(hitSchema),
    mode_used: z.enum(searchModes),
    embedder: z.string(),
    embedder_kind: z.enum(['lexical', 'model']),
  }),
  parts: 'cut',
  text: ({ hits }) => readableHits(hits),
  async run(deps, values, context) {
    const query = requireQuery(values.query);
    const chosen = await chooseTargets(deps.collections, context.principal, values);
    const answer = await deps.search.search(scopeOf(context.principal), {
      targets: chosen.targets,
      query,
      mode: values.mode,
      topK: values.top_k,
      minScore: values.min_score,
      maxChars: values.max_chars,
      rerank: values.rerank,
      explain: values.explain,
    });
    return {
      hits: answer.passages.map((passage, index) =>
        toHit(passage, index, { context, explain: answer.explanations[index] }),
      ),
      mode_used: values.mode,
      embedder: lexicalHash.id,
      embedder_kind: lexicalHash.kind,
      truncated: answer.isCut,
      ...(answer.isCut && { truncated_by: 'chars' as const }),
      notice: noticeOf(answer, chosen, values.rerank),
    };
  },
});

/** Brings a query into the form of documents. A blank one asks nothing. */
function requireQuery(query: string): string {
  const text = normaliseText(query).trim();
  if (text !== '') return text;
  throw new InvalidInput('INPUT_INVALID', {
    publicMessage: 'query: it is blank.',
    fix: 'Ask a question, for example: how are keys rotated?',
    details: { field: 'query' },
  });
}

function noticeOf({ terms }: SearchAnswer, { targets, leftOut }: ChosenTargets, isReranked: boolean): string {
  const notices = ['Keyword and spelling match only: no synonyms.'];
  if (isReranked) notices.push(`Ranked again by ${lexicalRerankName}: words, their distance and the headings.`);
  if (terms.length === 0) notices.push('The query holds no word to look for.');
  if (targets.length === 0) notices.push('There is no collection that you may read.');
  if (leftOut.length > 0)
    notices.push(
      `Not searched: ${leftOut.slice(0, 10).join(', ')}${leftOut.length > 10 ? ' and more' : ''}. Name a collection to search it.`,
    );
  return notices.join(' ');
}
