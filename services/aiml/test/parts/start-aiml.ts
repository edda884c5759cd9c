import { randomUUID } from 'node:crypto';
import { createLogger, systemClock } from '@fairlead/server-kit/runtime';
import { createToolHarness, type ToolHarness } from '@fairlead/server-kit/testing';
import { createDocumentPreparer } from '../../src/adapters/document-preparer.ts';
import { createFileSource } from '../../src/adapters/file-source.ts';
import type { AimlDeps } from '../../src/deps.ts';
import { createAnalyser } from '../../src/domain/analysis/analyser.ts';
import { createLexicalHasher } from '../../src/domain/analysis/lexical-hash.ts';
import { IndexRunner } from '../../src/pipelines/index-runner.ts';
import { createSearchPipeline } from '../../src/pipelines/search-pipeline.ts';
import { tool as createCollection } from '../../src/tools/create-collection.ts';
import { tool as getIndexJob } from '../../src/tools/get-index-job.ts';
import { tool as indexDocuments } from '../../src/tools/index-documents.ts';
import { tool as listCollections } from '../../src/tools/list-collections.ts';
import { tool as searchDocuments } from '../../src/tools/search-documents.ts';
import { startStore, type TestStore } from './start-store.ts';

/** Settings of one test's service. */
export interface AimlOptions {
  readonly roots?: ReadonlyMap<string, string>;
  readonly documentBytesMax?: number;
  readonly collectionChunksMax?: number;
}

/** All real parts of the service, without its ports, and its tools. */
export interface TestAiml extends AsyncDisposable, Pick<TestStore, 'store' | 'path'> {
  readonly deps: AimlDeps;
  readonly tools: ToolHarness;
}

/** Starts store, runner and search as `service.ts` does. */
export async function startAiml({
  roots = new Map(),
  documentBytesMax = 20_971_520,
  collectionChunksMax = 200_000,
}: AimlOptions = {}): Promise<TestAiml> {
  const { store, path, [Symbol.asyncDispose]: disposeStore } = await startStore({ collectionChunksMax });
  const { collections, documents, jobs, queue, vectors } = store;
  const log = createLogger({ name: 'aiml', level: 'silent' });
  const preparer = createDocumentPreparer({ clock: systemClock, log });
  const source = createFileSource({ roots, bytesMax: documentBytesMax });
  const runner = new IndexRunner({
    jobs,
    queue,
    documents,
    source,
    preparers: [preparer],
    clock: systemClock,
    log,
    owner: 'test',
  });
  runner.start();
  const search = createSearchPipeline({ vectors, documents, analyser: createAnalyser(), embed: createLexicalHasher() });
  const deps: AimlDeps = {
    collections,
    documents,
    jobs,
    search,
    runner,
    now: () => new Date(),
    newId: randomUUID,
    collectionChunksMax,
  };
  return {
    store,
    path,
    deps,
    tools: createToolHarness({
      tools: [createCollection, getIndexJob, indexDocuments, listCollections, searchDocuments],
      deps,
    }),
    async [Symbol.asyncDispose]() {
      await runner.stop();
      await preparer.close();
      await disposeStore();
    },
  };
}
