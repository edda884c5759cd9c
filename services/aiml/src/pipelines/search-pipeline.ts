import type { DocumentSearch, DocumentStore, FoundChunk, VectorStore } from '../deps.ts';
import type { Analyser } from '../domain/analysis/analyser.ts';
import type { LexicalHasher } from '../domain/analysis/lexical-hash.ts';
import { cutPassages } from '../domain/retrieval/cut-passages.ts';
import { dropDuplicates } from '../domain/retrieval/drop-duplicates.ts';
import { explainPassage, type Explanation } from '../domain/retrieval/explain-passage.ts';
import { fuseScores, lexicalAlpha, type FusedCandidate, type LegScores } from '../domain/retrieval/fuse-scores.ts';
import { documentsWithNeighbours, joinNeighbours, type ReadSpan } from '../domain/retrieval/join-neighbours.ts';
import { lexicalRerank } from '../domain/retrieval/lexical-rerank.ts';
import type { RankedPassage } from '../domain/retrieval/passage.ts';
import { candidateCount, needsFullScan, rerankedMax, rescoredMax } from '../domain/retrieval/search-plan.ts';
import type { SearchMode, SearchRequest, SearchTarget } from '../domain/retrieval/search-request.ts';
import type { Scope } from '../domain/scope.ts';

/** What the pipeline works with. */
export interface SearchPipelineOptions {
  readonly vectors: VectorStore;
  readonly documents: DocumentStore;
  readonly analyser: Analyser;
  readonly embed: LexicalHasher;
}

/**
 * Makes the search: analyse, both legs, fuse, rerank on demand, drop near-duplicates, join neighbours, cut (07 section
 * 4). Decides nothing itself: each step is a function of `domain/retrieval`.
 */
export function createSearchPipeline(options: SearchPipelineOptions): DocumentSearch {
  return {
    async search(scope, request) {
      const terms = options.analyser.queryTerms(request.query);
      const vector = options.embed(terms);
      const query: LegQuery = { scope, request, terms, vector };
      const found = (
        await Promise.all(request.targets.map((target) => searchCollection(options.vectors, query, target)))
      ).flat();
      const fused = rank(found, request.mode).slice(0, candidateCount(request.topK));
      const passages = await readRanked(options.vectors, scope, { fused, found });
      const reranked = request.rerank ? rerank(options.analyser, terms, passages) : passages;
      const wanted = reranked.filter(({ score }) => request.minScore === undefined || score >= request.minScore);
      // Twice as many as asked for, because joining makes fewer of them.
      const distinct = dropDuplicates(wanted, 2 * request.topK);
      const joined = joinNeighbours(distinct, await spansOf(options.documents, { scope, request, passages: distinct }));
      const { passages: kept, isCut } = cutPassages(joined.slice(0, request.topK), request.maxChars);
      return {
        passages: kept,
        isCut,
        terms,
        explanations: request.explain ? kept.map((passage) => explain(options.analyser, query, passage)) : [],
      };
    },
  };
}

interface LegQuery {
  readonly scope: Scope;
  readonly request: SearchRequest;
  readonly terms: readonly string[];
  readonly vector: Float32Array | undefined;
}

/** A chunk with what each leg says of it and where it stood in each. */
interface FoundInLegs extends LegScores {
  readonly keywordRank?: number | undefined;
  readonly vectorRank?: number | undefined;
}

async function searchCollection(
  vectors: VectorStore,
  query: LegQuery,
  target: SearchTarget,
): Promise<readonly FoundInLegs[]> {
  const { scope, request, terms, vector } = query;
  const { collection, filter } = target;
  const limit = candidateCount(request.topK);
  if (request.mode === 'semantic') {
    return vector
      ? mergeLegs([], await vectors.searchVectors(scope, collection.id, { filter, limit, vector, among: undefined }))
      : [];
  }
  const rescored = request.mode === 'keyword' ? limit : Math.max(limit, rescoredMax);
  const { found, knownTerms } = await vectors.searchTerms(scope, collection.id, { filter, limit: rescored, terms });
  if (request.mode === 'keyword' || !vector) return mergeLegs(found.slice(0, limit), []);
  const scanned = needsFullScan(terms, knownTerms)
    ? await vectors.searchVectors(scope, collection.id, { filter, limit, vector, among: undefined })
    : [];
  const among = [...new Set([...found, ...scanned].map(({ id }) => id))];
  if (among.length === 0) return [];
  return mergeLegs(
    found,
    await vectors.searchVectors(scope, collection.id, { filter: undefined, limit: among.length, vector, among }),
  );
}

function mergeLegs(keyword: readonly FoundChunk[], vector: readonly FoundChunk[]): readonly FoundInLegs[] {
  const merged = new Map<number, FoundInLegs>();
  for (const [index, { id, score }] of keyword.entries())
    merged.set(id, { id, keyword: score, keywordRank: index + 1 });
  for (const [index, { id, score }] of vector.entries())
    merged.set(id, { ...merged.get(id), id, vector: score, vectorRank: index + 1 });
  return [...merged.values()];
}

/** One leg alone ranks by its own score; two are fused. */
function rank(found: readonly FoundInLegs[], mode: SearchMode): readonly FusedCandidate[] {
  if (mode === 'hybrid') return fuseScores(found, lexicalAlpha);
  return found
    .map((candidate) => ({ ...candidate, score: (mode === 'keyword' ? candidate.keyword : candidate.vector) ?? 0 }))
    .toSorted((a, b) => b.score - a.score || a.id - b.id);
}

async function readRanked(
  vectors: VectorStore,
  scope: Scope,
  { fused, found }: { readonly fused: readonly FusedCandidate[]; readonly found: readonly FoundInLegs[] },
): Promise<readonly RankedPassage[]> {
  const ranks = new Map(found.map((candidate) => [candidate.id, candidate]));
  const stored = await vectors.passages(
    scope,
    fused.map(({ id }) => id),
  );
  const passages = new Map(stored.map((passage) => [passage.id, passage]));
  return fused.flatMap((candidate) => {
    const passage = passages.get(candidate.id);
    // A document may have been replaced since its chunk was found.
    if (!passage) return [];
    return [
      {
        ...passage,
        ...ranks.get(candidate.id),
        id: candidate.id,
        score: candidate.score,
        fused: candidate.score,
        absorbed: [],
      },
    ];
  });
}

/** Ranks the best candidates again by the reranker's score; the rest is left out. */
function rerank(
  analyser: Analyser,
  terms: readonly string[],
  passages: readonly RankedPassage[],
): readonly RankedPassage[] {
  const best = passages.slice(0, rerankedMax);
  const scores = lexicalRerank(
    terms,
    best.map(({ title, headingPath, text }) => ({
      headingTerms: analyser.terms([title, ...headingPath].join(' ')),
      textTerms: analyser.terms(text),
    })),
  );
  return best
    .map((passage, index) => ({ ...passage, score: scores[index] ?? 0, rerank: scores[index] }))
    .toSorted((a, b) => b.score - a.score || b.fused - a.fused || a.id - b.id);
}

function explain(analyser: Analyser, { terms, request }: LegQuery, passage: RankedPassage): Explanation {
  const passageTerms = new Set(analyser.terms([passage.title, ...passage.headingPath, passage.text].join('\n')));
  const isFiltered = request.targets.some(({ filter }) => filter !== undefined);
  return explainPassage(passage, {
    queryTerms: terms,
    passageTerms,
    alpha: request.mode === 'hybrid' ? lexicalAlpha : undefined,
    isFiltered,
  });
}

/** Reads the documents in which passages follow each other, so that a joined passage is the exact span between. */
async function spansOf(
  documents: DocumentStore,
  {
    scope,
    request,
    passages,
  }: { readonly scope: Scope; readonly request: SearchRequest; readonly passages: readonly RankedPassage[] },
): Promise<ReadSpan> {
  const texts = new Map<string, { readonly text: string; readonly contentHash: string }>();
  for (const { collection, documentId } of documentsWithNeighbours(passages)) {
    const target = request.targets.find((candidate) => candidate.collection.name === collection);
    const document = target && (await documents.read(scope, target.collection.id, documentId));
    if (document) texts.set(`${collection}/${documentId}`, document);
  }
  return (passage, start, end) => {
    const document = texts.get(`${passage.collection}/${passage.documentId}`);
    return document?.contentHash === passage.contentHash ? document.text.slice(start, end) : undefined;
  };
}
