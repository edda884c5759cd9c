/** Entry of the thread that prepares documents: parsing, cutting and embedding block, and may run out of memory. */
import { createAnalyser } from '../domain/analysis/analyser.ts';
import { createLexicalHasher } from '../domain/analysis/lexical-hash.ts';
import { prepareDocument, type LoadedDocument, type PrepareResult } from '../domain/indexing/prepare-document.ts';
import { serveOperations } from './worker/serve-operations.ts';

const tools = { analyser: createAnalyser(), embed: createLexicalHasher() };

/** What the thread can be asked. */
const operations = {
  prepare: (document: LoadedDocument): PrepareResult => prepareDocument(document, tools),
} as const;
export type PrepareOperations = typeof operations;

serveOperations(operations);
