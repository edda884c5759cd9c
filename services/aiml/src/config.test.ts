import { loadConfig } from '@fairlead/server-kit/runtime';
import { expect, test } from 'vitest';
import { config } from './config.ts';

test('needs nothing to be set', () => {
  expect(loadConfig(config, {})).toMatchObject({
    AIML_VECTOR_STORE: 'sqlite',
    AIML_VECTOR_PATH: '.fairlead/vectors.db',
    EMBEDDER: 'lexical',
    AIML_DOCUMENT_ROOTS: ['docs=./docs'],
    AIML_DOCUMENT_MAX_BYTES: 20_971_520,
    AIML_INDEX_WORKERS: 1,
    AIML_COLLECTION_MAX_CHUNKS: 200_000,
  });
});

test('reads a list of document roots', () => {
  expect(loadConfig(config, { AIML_DOCUMENT_ROOTS: 'docs=./docs, handbook=/srv/a=b' }).AIML_DOCUMENT_ROOTS).toEqual([
    'docs=./docs',
    'handbook=/srv/a=b',
  ]);
});

test.each([
  ['AIML_VECTOR_STORE', 'qdrant'],
  ['EMBEDDER', 'http://127.0.0.1:8000'],
  ['AIML_DOCUMENT_ROOTS', './docs'],
  ['AIML_DOCUMENT_MAX_BYTES', '20MB'],
  ['AIML_INDEX_WORKERS', '0'],
])('refuses %s=%s and names it', (name, value) => {
  expect(() => loadConfig(config, { [name]: value })).toThrow(name);
});
