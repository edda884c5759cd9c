import { commaList, defineConfig, setting } from '@fairlead/server-kit/runtime';
import { z } from 'zod';

const rootForm = /^[a-z][a-z0-9_-]{0,31}=.+$/;

/** Settings of this service. Only what works is here; the platform's own settings come from the kit. */
export const config = defineConfig({
  AIML_VECTOR_STORE: setting(z.enum(['sqlite']).default('sqlite'), 'Where documents, jobs and vectors are kept.'),
  AIML_VECTOR_PATH: setting(
    z.string().min(1, 'is empty').default('.fairlead/vectors.db'),
    'File of the sqlite store, relative to the working folder. It is made when it is missing.',
  ),
  EMBEDDER: setting(
    z.enum(['lexical']).default('lexical'),
    'What makes vectors. lexical: lexical-hash-v1, which needs no model and no network, and sees spelling, not meaning.',
  ),
  AIML_DOCUMENT_ROOTS: setting(
    commaList()
      .refine((roots) => roots.every((root) => rootForm.test(root)), 'is not a comma list of name=folder')
      .default(['docs=./docs']),
    'Folders whose files may be indexed by URI, as name=folder: file:///docs/guide.md is guide.md below the folder of docs.',
    { example: 'docs=./docs,handbook=/srv/handbook' },
  ),
  AIML_DOCUMENT_MAX_BYTES: setting(
    z.coerce.number().int().min(1_024).max(104_857_600).default(20_971_520),
    'Largest file that is indexed, in bytes. A larger one fails by itself; its job goes on.',
  ),
  AIML_INDEX_WORKERS: setting(
    z.coerce.number().int().min(1).max(8).default(1),
    'Indexing jobs that run at the same time, each in a thread of its own. Jobs of one collection run one after the other.',
  ),
  AIML_COLLECTION_MAX_CHUNKS: setting(
    z.coerce.number().int().min(1).max(10_000_000).default(200_000),
    'Most chunks of one collection; above, indexing answers AIML_STORE_FULL. Searches that compare all vectors slow down with it.',
  ),
});
