import { expect, test } from 'vitest';
import { readableText } from './readable-text.ts';

test('takes text without a type as Markdown and finds its title', () => {
  expect(readableText('# Key rotation #\n\nEvery 30 days.', {})).toMatchObject({
    kind: 'text',
    syntax: 'markdown',
    title: 'Key rotation',
  });
});

test('decides by content before the name', () => {
  const page = '<!doctype html><html><head><title>Refunds</title></head><body><h1>EU</h1></body></html>';

  expect(readableText(page, { name: 'page.txt' })).toMatchObject({
    mime: 'text/markdown',
    title: 'Refunds',
    text: '# EU',
  });
});

test('decides by mime before the name', () => {
  expect(readableText('# not a heading', { mime: 'text/plain; charset=utf-8', name: 'x.md' })).toMatchObject({
    syntax: 'plain',
    title: undefined,
  });
});

test('takes an unknown extension as plain text', () => {
  expect(readableText('x = 1', { name: 'setup.py' })).toMatchObject({ mime: 'text/plain', syntax: 'plain' });
});

test('refuses a type that cannot be indexed', () => {
  expect(readableText('x', { mime: 'application/pdf' })).toEqual({
    kind: 'unsupported',
    looksLike: 'a document of type application/pdf',
  });
});

test('refuses text that says it is JSON and is not', () => {
  expect(readableText('{"a": ', { mime: 'application/json' })).toEqual({
    kind: 'unsupported',
    looksLike: 'text that is not valid JSON',
  });
});
