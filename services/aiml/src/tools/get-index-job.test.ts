import { expectToolSnapshot } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { startAiml } from '../../test/parts/start-aiml.ts';

test('is sent to clients as its snapshot says', async () => {
  await using aiml = await startAiml();

  await expect(expectToolSnapshot(aiml.tools.definition('get_index_job'), import.meta.url)).resolves.toBeUndefined();
});

test('shows counts, pace and failed documents of a job', async () => {
  await using aiml = await startAiml();
  await aiml.tools.call('create_collection', { name: 'docs' });
  const { structuredContent } = await aiml.tools.call('index_documents', {
    collection: 'docs',
    documents: [{ text: 'good' }, { uri: 'file:///none/a.md' }],
  });

  expect((await aiml.tools.call('get_index_job', { job_id: structuredContent?.['job_id'] })).structuredContent).toEqual(
    {
      job_id: structuredContent?.['job_id'],
      status: 'partial',
      documents: { total: 2, done: 1, skipped: 0, failed: 1 },
      chunks: { embedded: 1, reused: 0, deleted: 0 },
      rate: expect.any(Number),
      errors: [
        {
          uri: 'file:///none/a.md',
          code: 'AIML_DOCUMENT_NOT_FOUND',
          reason: 'There is no such file below the document roots.',
        },
      ],
      truncated: false,
      notice: '1 documents failed; every other one was indexed.',
    },
  );
});

test("answers the same for a missing job and for another tenant's", async () => {
  await using aiml = await startAiml();
  await aiml.tools.call('create_collection', { name: 'docs' });
  const { structuredContent } = await aiml.tools.call('index_documents', {
    collection: 'docs',
    documents: [{ text: 'good' }],
  });
  const stranger = { sub: 's', tenant: 'other', roles: [], allow: ['aiml:read'], deny: [], via: 'key' as const };

  const foreign = await aiml.tools.call(
    'get_index_job',
    { job_id: structuredContent?.['job_id'] },
    { principal: stranger },
  );
  const missing = await aiml.tools.call(
    'get_index_job',
    { job_id: '00000000-0000-4000-8000-000000000000' },
    { principal: stranger },
  );

  expect(foreign).toMatchObject({ isError: true, _meta: { 'dev.fairlead/error': { code: 'AIML_JOB_NOT_FOUND' } } });
  expect(missing).toEqual(foreign);
});

test('refuses what is no job id', async () => {
  await using aiml = await startAiml();

  expect(await aiml.tools.call('get_index_job', { job_id: '../x' })).toMatchObject({
    _meta: { 'dev.fairlead/error': { code: 'INPUT_INVALID' } },
  });
});
