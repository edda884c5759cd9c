import { createFakeClock } from '@fairlead/server-kit/testing';
import { expect, test } from 'vitest';
import { callerWith } from '../../test/support/make-snapshot.ts';
import { OpenStreams } from './open-streams.ts';

function setUp() {
  const clock = createFakeClock();
  const streams = new OpenStreams(clock);
  const seen: string[] = [];
  const open = (name: string, isEndless: boolean, expiresAtSeconds?: number): void => {
    const owner = { ...callerWith(['*']), sub: name, ...(expiresAtSeconds === undefined ? {} : { expiresAtSeconds }) };
    const forget = streams.add({
      owner,
      server: 'data',
      isEndless,
      keepAlive: () => seen.push(`${name} alive`),
      end() {
        seen.push(`${name} ended`);
        forget();
      },
    });
  };
  return { clock, streams, seen, open };
}

test('03 P-05: every stream gets a sign of life each 15 s', async () => {
  const { clock, seen, open } = setUp();
  open('a', true);
  open('b', false);
  await clock.advance(30_000);

  expect(seen).toEqual(['a alive', 'b alive', 'a alive', 'b alive']);
});

test('03 A7: a stream ends with the credential that opened it', async () => {
  const { clock, streams, seen, open } = setUp();
  open('short', true, clock.now().getTime() / 1_000 + 3);
  open('long', true, clock.now().getTime() / 1_000 + 3_600);
  await clock.advance(4_000);

  expect(seen).toEqual(['short ended']);
  expect(streams.size).toBe(1);
});

test('03 A7: the streams of a caller whose key is gone end, and only those', () => {
  const { streams, seen, open } = setUp();
  open('a', false);
  open('b', true);
  streams.endOf(({ sub }) => sub === 'a');

  expect(seen).toEqual(['a ended']);
});

test('04 G-77: a drain ends the streams without an end of their own, and lets calls finish', () => {
  const { streams, seen, open } = setUp();
  open('call', false);
  open('notices', true);
  streams.endEndless();

  expect(seen).toEqual(['notices ended']);
});

test('04 G-83: of the streams without an end of their own, only those that fit are ended', () => {
  const { streams, seen, open } = setUp();
  open('a', true);
  open('b', true);
  open('c', false);
  streams.endEndless(({ owner }) => owner.sub !== 'b');

  expect(seen).toEqual(['a ended']);
});
