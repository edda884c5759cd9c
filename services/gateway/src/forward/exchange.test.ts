import { createFakeClock } from '@fairlead/server-kit/testing';
import type { Dispatcher } from 'undici';
import { expect, test } from 'vitest';
import { UndiciExchange } from './exchange.ts';

const limits = { firstByteMs: 1_000, idleMs: 500, totalMs: 5_000 };

function setUp() {
  const clock = createFakeClock();
  const ended: string[] = [];
  const exchange = new UndiciExchange(
    { onHead() {}, onChunk() {}, onEnd: () => ended.push('end'), onFailure: ({ kind }) => ended.push(kind) },
    { limits, clock, onFinished: () => ended.push('finished') },
  );
  const controller: Dispatcher.DispatchController = {
    aborted: false,
    paused: false,
    reason: null,
    rawHeaders: null,
    rawTrailers: null,
    abort: (error) => exchange.onResponseError(controller, error),
    pause() {},
    resume() {},
  };
  const isOverdue = () => exchange.isOverdue(clock.monotonicMs());
  return { clock, ended, exchange, controller, isOverdue };
}

test('04 G-76: before the request is on the wire only the limit of the whole exchange counts', async () => {
  const { clock, isOverdue } = setUp();
  await clock.advance(4_999);
  expect(isOverdue()).toBe(false);
  await clock.advance(1);
  expect(isOverdue()).toBe(true);
});

test('04 G-76: a request on the wire waits for the head of its answer for so long', async () => {
  const { clock, exchange, controller, isOverdue } = setUp();
  exchange.onRequestStart(controller);
  await clock.advance(999);
  expect(isOverdue()).toBe(false);
  await clock.advance(1);
  expect(isOverdue()).toBe(true);
});

test('03 C8: each part of an answer starts the limit of silence anew, the whole exchange keeps its own', async () => {
  const { clock, exchange, controller, isOverdue } = setUp();
  exchange.onRequestStart(controller);
  exchange.onResponseStart(controller, 200, {});
  for (let part = 0; part < 10; part += 1) {
    await clock.advance(499);
    expect(isOverdue()).toBe(false);
    exchange.onResponseData(controller, Buffer.from('x'));
  }
  await clock.advance(10);
  expect(isOverdue()).toBe(true);
});

test('silence while we do not read is not the server’s', async () => {
  const { clock, exchange, controller, isOverdue } = setUp();
  exchange.onRequestStart(controller);
  exchange.onResponseStart(controller, 200, {});
  exchange.pause();
  await clock.advance(2_000);
  expect(isOverdue()).toBe(false);
  exchange.resume();
  await clock.advance(500);
  expect(isOverdue()).toBe(true);
});

test('an exchange that is ended for its time fails with a timeout, once', () => {
  const { ended, exchange, controller } = setUp();
  exchange.onRequestStart(controller);
  exchange.abort('timeout');
  exchange.abort('aborted');
  expect(ended).toEqual(['finished', 'timeout']);
});
