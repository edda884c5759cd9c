import { hash } from 'node:crypto';
import type { Analyser } from '../analysis/analyser.ts';
import { lexicalHash, type LexicalHasher } from '../analysis/lexical-hash.ts';
import { chunkText, type Chunk } from '../chunking/chunk-text.ts';
import type { Metadata } from '../collection.ts';
import { decodeText, type Decoded } from '../text/decode-text.ts';
import { readableText } from '../text/readable-text.ts';
import { contentHash } from './content-hash.ts';

/** A document as it was loaded, with what the store already holds of it. */
export interface LoadedDocument {
  readonly body: string | Uint8Array;
  readonly uri: string;
  readonly title: string | undefined;
  readonly mime: string | undefined;
  /** File name, for the type of a document that declares none. */
  readonly name: string | undefined;
  readonly metadata: Metadata;
  readonly stored: StoredFingerprint | undefined;
}

/** Hashes of the stored version of a document. */
export interface StoredFingerprint {
  readonly contentHash: string;
  readonly chunkHashes: readonly string[];
}

/** A chunk ready to be stored. Without a vector, its vector is that of the stored chunk with the same hash, if any. */
export interface PreparedChunk extends Omit<Chunk, 'lead'> {
  readonly text: string;
  readonly hash: string;
  /** Analysed terms, joined by blanks: what the keyword index holds. */
  readonly terms: string;
  readonly isKept: boolean;
  readonly vector: Float32Array<ArrayBuffer> | undefined;
}

/** A new or changed document, ready to be stored in one step. */
export interface PreparedDocument {
  readonly title: string;
  readonly mime: string;
  readonly text: string;
  /** Size of the source in bytes. */
  readonly bytes: number;
  readonly contentHash: string;
  readonly chunks: readonly PreparedChunk[];
}

export type PrepareResult =
  | { readonly kind: 'prepared'; readonly document: PreparedDocument }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'unsupported'; readonly looksLike: string };

/** What preparing needs beside the document. */
export interface PrepareTools {
  readonly analyser: Analyser;
  readonly embed: LexicalHasher;
}

/**
 * Parses, cuts, analyses and embeds one document. An unchanged one costs a hash, and a changed one embeds only chunks
 * that the stored version does not have (07 A-11).
 */
export function prepareDocument(loaded: LoadedDocument, tools: PrepareTools): PrepareResult {
  const decoded: Decoded =
    typeof loaded.body === 'string' ? { kind: 'text', text: loaded.body } : decodeText(loaded.body);
  if (decoded.kind === 'unsupported') return decoded;
  const readable = readableText(decoded.text, loaded);
  if (readable.kind === 'unsupported') return readable;
  const { text, mime } = readable;
  const title = loaded.title ?? readable.title ?? loaded.name ?? loaded.uri;
  const hashOfContent = contentHash({ text, title, uri: loaded.uri, metadata: loaded.metadata });
  if (hashOfContent === loaded.stored?.contentHash) return { kind: 'unchanged' };
  const stored = new Set(loaded.stored?.chunkHashes);
  const chunks = chunkText(text, readable.syntax).map((chunk) => prepareChunk({ chunk, text, title, stored }, tools));
  const bytes = typeof loaded.body === 'string' ? Buffer.byteLength(loaded.body) : loaded.body.byteLength;
  return { kind: 'prepared', document: { title, mime, text, bytes, contentHash: hashOfContent, chunks } };
}

interface ChunkContext {
  readonly chunk: Chunk;
  readonly text: string;
  readonly title: string;
  readonly stored: ReadonlySet<string>;
}

function prepareChunk({ chunk, text, title, stored }: ChunkContext, { analyser, embed }: PrepareTools): PreparedChunk {
  const { lead, ...place } = chunk;
  const ownText = text.slice(chunk.start, chunk.end);
  // What is indexed is the chunk under its title and headings; what is stored and shown is the exact span (07 A-09).
  const headings = place.headingPath[0] === title ? place.headingPath : [title, ...place.headingPath];
  const indexed = `${headings.join(' > ')}\n${lead === undefined ? '' : `${lead}\n`}${ownText}`;
  const chunkHash = hash('sha256', `${lexicalHash.id}\n${indexed}`, 'hex').slice(0, 32);
  const terms = analyser.terms(indexed);
  const isKept = stored.has(chunkHash);
  return {
    ...place,
    text: ownText,
    hash: chunkHash,
    terms: terms.join(' '),
    isKept,
    vector: isKept ? undefined : embed(terms),
  };
}
