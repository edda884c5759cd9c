import { expect, test } from 'vitest';
import { WorkerFailure } from '../worker/worker-channel.ts';
import { storeError } from './store-error.ts';

test('tells a full store from one that does not answer, and keeps the reason inside', () => {
  expect(storeError(new WorkerFailure('database or disk is full', 13))).toMatchObject({
    code: 'AIML_STORE_FULL',
    retryable: false,
  });

  const error = storeError(new WorkerFailure('file /srv/x is not a database', 26));
  expect(error).toMatchObject({ code: 'AIML_STORE_UNAVAILABLE', retryable: true });
  expect(error.publicMessage).not.toContain('/srv/x');
});
