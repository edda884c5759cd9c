import { expect, test } from 'vitest';
import { callSum } from '../subjects/benchmark-tool.ts';
import { checkAnswer } from './check-answer.ts';

const sent = { id: 7, body: '{"id":7}' };
const right = answerOf({ structuredContent: { sum: callSum } });

test('takes the right result, as JSON and as the one event of a stream', () => {
  expect(() => checkAnswer('modern', { status: 200, text: right, sent })).not.toThrow();
  expect(() => checkAnswer('legacy', { status: 200, text: `event: message\ndata: ${right}\n\n`, sent })).not.toThrow();
});

// A subject that refuses, fails or mixes up its callers is fast, and its numbers mean nothing.
test.each([
  ['a result that is wrong', { status: 200, text: answerOf({ structuredContent: { sum: callSum + 1 } }) }],
  ['a failed call', { status: 200, text: answerOf({ isError: true, structuredContent: { sum: callSum } }) }],
  ['the result of another call', { status: 200, text: right.replace('"id":7', '"id":8') }],
  ['an error of the protocol', { status: 200, text: '{"jsonrpc":"2.0","id":7,"error":{"code":-32602}}' }],
  ['a stream without an event', { status: 200, text: ': keep-alive\n\n' }],
  ['a refusal', { status: 429, text: right }],
])('refuses %s', (_what, answer) => {
  expect(() => checkAnswer('modern', { ...answer, sent })).toThrow('wrong answer');
});

test('takes from an echo only what was sent', () => {
  expect(() => checkAnswer('echo', { status: 200, text: sent.body, sent })).not.toThrow();
  expect(() => checkAnswer('echo', { status: 200, text: right, sent })).toThrow('wrong answer');
});

function answerOf(result: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 7, result });
}
