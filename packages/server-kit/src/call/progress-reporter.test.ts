import { expect, test } from 'vitest';
import { pino } from 'pino';
import { createFakeClock } from '../testing/fake-clock.ts';
import { localPrincipal } from '../identity/local-principal.ts';
import { RequestCancellation } from './cancellation.ts';
import { ProgressReporter } from './progress-reporter.ts';

function newReporter(progressToken: string | number | undefined = 7) {
  const clock = createFakeClock();
  const sent: unknown[] = [];
  const scope = {
    principal: localPrincipal(),
    traceId: 't',
    log: pino({ level: 'silent' }),
    cancellation: new RequestCancellation(),
    progressToken,
    notify: (_method: string, params: Readonly<Record<string, unknown>>) => void sent.push(params),
  };
  return { clock, sent, reporter: new ProgressReporter(scope, clock) };
}

test('P-06: sends at most ten a second, and the last value wins', async () => {
  const { clock, sent, reporter } = newReporter();

  for (let done = 1; done <= 50; done += 1) reporter.report(done, 50, undefined);
  await clock.advance(100);

  expect(sent).toEqual([
    { progressToken: 7, progress: 1, total: 50 },
    { progressToken: 7, progress: 50, total: 50 },
  ]);
});

test('P-06: drops values that do not rise', async () => {
  const { clock, sent, reporter } = newReporter();

  for (const done of [2, 2, 1, Number.NaN]) {
    reporter.report(done, undefined, undefined);
    await clock.advance(200);
  }

  expect(sent).toEqual([{ progressToken: 7, progress: 2 }]);
});

test('P-06: sends nothing after the end, and leaves no timer', async () => {
  const { clock, sent, reporter } = newReporter();
  reporter.report(1, undefined, 'one');
  reporter.report(2, undefined, 'two');

  reporter.close();
  await clock.advance(1_000);

  expect(sent).toEqual([{ progressToken: 7, progress: 1, message: 'one' }]);
  expect(clock.pending).toBe(0);
});

test('sends nothing to a caller that did not ask', () => {
  const { sent, reporter } = newReporter();
  const silent = newReporter();
  const none = new ProgressReporter(
    {
      principal: localPrincipal(),
      traceId: 't',
      log: pino({ level: 'silent' }),
      cancellation: new RequestCancellation(),
      progressToken: undefined,
      notify: () => void silent.sent.push('sent'),
    },
    silent.clock,
  );

  none.report(1, undefined, undefined);
  reporter.report(1, undefined, undefined);

  expect([silent.sent.length, sent.length]).toEqual([0, 1]);
});
