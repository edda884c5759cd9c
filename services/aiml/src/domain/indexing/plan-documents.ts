import type { Metadata } from '../collection.ts';
import { documentFields } from '../filters/document-fields.ts';
import type { DeclaredFields, FilterValue } from '../filters/filter.ts';
import { documentUri } from '../retrieval/citation.ts';
import { supportedMediaTypes, typeOfMedia } from '../text/text-type.ts';
import { documentId } from './document-id.ts';

/** A document as callers give it. */
export interface DocumentInput {
  readonly id?: string | undefined;
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  readonly uri?: string | undefined;
  readonly mime?: string | undefined;
  readonly metadata?: Metadata | undefined;
}

/** One document of a job. */
export interface PlannedDocument {
  readonly id: string;
  readonly uri: string;
  readonly title: string | undefined;
  readonly mime: string | undefined;
  readonly metadata: Metadata;
  /** Values of the declared fields, in the form in which filters compare them. */
  readonly fields: Readonly<Record<string, FilterValue>>;
  /** Absent: the text is loaded from `uri` when its turn comes. */
  readonly text: string | undefined;
}

/** What is wrong with a document, with the code under which a caller knows it. */
export interface DocumentRefusal {
  readonly kind: 'refused';
  readonly code: 'INPUT_INVALID' | 'EGRESS_DENIED' | 'AIML_UNSUPPORTED_TYPE';
  readonly reason: string;
}

/** The work of one call, without doubles. */
export interface DocumentPlan {
  readonly kind: 'plan';
  readonly documents: readonly PlannedDocument[];
  readonly duplicates: number;
}

/** Where documents go, and where they come from in the call. */
export interface PlanTarget {
  /** The argument that lists them, for the text of a refusal. */
  readonly argument: 'documents' | 'uris';
  readonly tenant: string;
  readonly collection: string;
  readonly fields: DeclaredFields;
}

/**
 * Checks the documents of a call and gives each its id. A document that comes twice is taken once, as it came first.
 * Any mistake that shows without reading a source refuses the whole call, with the place in it.
 */
export function planDocuments(inputs: readonly DocumentInput[], target: PlanTarget): DocumentPlan | DocumentRefusal {
  const documents = new Map<string, PlannedDocument>();
  let duplicates = 0;
  for (const [index, input] of inputs.entries()) {
    const document = planDocument(input, `${target.argument}[${index}]`, target);
    if (document.kind === 'refused') return document;
    if (documents.has(document.planned.id)) duplicates += 1;
    else documents.set(document.planned.id, document.planned);
  }
  return { kind: 'plan', documents: [...documents.values()], duplicates };
}

function planDocument(
  input: DocumentInput,
  place: string,
  target: PlanTarget,
): { readonly kind: 'planned'; readonly planned: PlannedDocument } | DocumentRefusal {
  const { text, uri, mime, title } = input;
  const metadata = input.metadata ?? {};
  if ((text === undefined) === (uri === undefined))
    return refuse('INPUT_INVALID', `${place} needs exactly one of text and uri.`);
  const problem =
    (uri === undefined ? undefined : uriProblem(uri, place)) ??
    (mime === undefined ? undefined : mediaProblem(mime, place));
  if (problem) return problem;
  const fields = documentFields(metadata, target.fields);
  if (fields.kind === 'mismatch')
    return refuse('INPUT_INVALID', `${place}.metadata.${fields.field} is not ${fields.expected}.`);
  const id =
    input.id ??
    documentId({ tenant: target.tenant, collection: target.collection, source: uri ?? `text:${title ?? ''}:${text}` });
  const planned = {
    id,
    uri: uri ?? documentUri(target.collection, id),
    title,
    mime,
    metadata,
    fields: fields.values,
    text,
  };
  return { kind: 'planned', planned };
}

/** Only files below the document roots can be loaded now; whether one is there shows when its turn comes. */
function uriProblem(uri: string, place: string): DocumentRefusal | undefined {
  if (!URL.canParse(uri))
    return refuse('INPUT_INVALID', `${place}: "${shorten(uri)}" is not a URI. Example: file:///docs/guide.md`);
  const { protocol } = new URL(uri);
  if (protocol === 'file:') return undefined;
  return refuse(
    'EGRESS_DENIED',
    `${place}: this server does not fetch ${protocol} addresses; fetching comes with a later release. Give the text itself, or a file below the ` +
      'document roots, such as file:///docs/guide.md.',
  );
}

function mediaProblem(mime: string, place: string): DocumentRefusal | undefined {
  if (typeOfMedia(mime)) return undefined;
  return refuse(
    'AIML_UNSUPPORTED_TYPE',
    `${place}: documents of type "${shorten(mime)}" cannot be indexed. Supported: ${supportedMediaTypes}.`,
  );
}

function refuse(code: DocumentRefusal['code'], reason: string): DocumentRefusal {
  return { kind: 'refused', code, reason };
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100).toWellFormed()}...` : text;
}
