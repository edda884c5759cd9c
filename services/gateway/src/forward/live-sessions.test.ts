import { expect, test } from 'vitest';
import { LiveSession, LiveSessions } from './live-sessions.ts';

test('cancels the call of an id, not one of another type or one that has ended', () => {
  const session = new LiveSession();
  const cancelled: string[] = [];
  session.begin(1, () => cancelled.push('number'));
  session.begin('1', () => cancelled.push('text'));
  const end = session.begin(2, () => cancelled.push('ended'));
  end();

  session.cancel('1');
  session.cancel(2);
  session.cancel(undefined);

  expect(cancelled).toEqual(['text']);
});

test('a second call with an id in use takes its place, and the end of the first leaves it alone', () => {
  const session = new LiveSession();
  const cancelled: string[] = [];
  const endFirst = session.begin(1, () => cancelled.push('first'));
  session.begin(1, () => cancelled.push('second'));
  endFirst();

  session.cancel(1);

  expect(cancelled).toEqual(['second']);
});

test('an answer is taken once, and only while somebody waits', () => {
  const session = new LiveSession();
  const taken: unknown[] = [];
  session.ask('a', (answer) => taken.push(answer));
  const forget = session.ask('b', (answer) => taken.push(answer));
  forget();

  expect(session.answer({ id: 'a', result: {} })).toBe(true);
  expect(session.answer({ id: 'a', result: {} })).toBe(false);
  expect(session.answer({ id: 'b', result: {} })).toBe(false);
  expect(taken).toEqual([{ id: 'a', result: {} }]);
});

test('the end of a session ends its calls, and nothing of it is kept', () => {
  const sessions = new LiveSessions();
  const cancelled: string[] = [];
  sessions.of('one').begin(1, () => cancelled.push('one'));
  sessions.of('two').logLevel = 'info';

  sessions.end('one');

  expect(cancelled).toEqual(['one']);
  expect(sessions.of('one').isQuiet).toBe(true);
  expect(sessions.of('two').logLevel).toBe('info');
});

test('of very many sessions the longest unused quiet ones are forgotten, never one with an open call', () => {
  const sessions = new LiveSessions();
  const busy = sessions.of('busy');
  busy.begin(1, () => undefined);
  sessions.of('quiet').logLevel = 'info';
  for (let index = 0; index < 20_000; index += 1) sessions.of(`session ${index}`);

  expect(sessions.of('busy')).toBe(busy);
  expect(sessions.of('quiet').logLevel).toBeUndefined();
});
