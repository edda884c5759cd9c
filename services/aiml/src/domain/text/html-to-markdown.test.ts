import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { htmlToMarkdown } from './html-to-markdown.ts';

test('keeps headings, lists, tables and code', () => {
  const html = `<h2>Rotate &amp; revoke</h2><p>Use <code>fairlead keys</code>.</p><ul><li>one</li><li>two</li></ul>
    <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table><pre>x  =  1
y</pre>`;

  const { text } = htmlToMarkdown(html);

  expect(text).toContain('## Rotate & revoke');
  expect(text).toContain('Use `fairlead keys`.');
  expect(text).toContain('- one\n');
  expect(text).toContain('| a | b |\n');
  expect(text).toContain('| 1 | 2 |');
  expect(text).toContain('```\nx  =  1\ny\n```');
});

test('drops what acts and what nobody sees (06 S-92)', () => {
  const html = `<p>seen</p><script>if (1 < 2) document.write("<b>act</b>")</script><!-- note --><div hidden>h1 <div>h2</div></div>
    <div style="display: none">h3</div><iframe src="x">h4</iframe><p onclick="act()">also <a href="javascript:act()">seen</a></p><img src="http://x/leak" alt="chart">`;

  const { text } = htmlToMarkdown(html);

  expect(text.replaceAll(/\s+/g, ' ')).toBe('seen also seen chart');
});

test('gives the title of the page apart from its text', () => {
  expect(htmlToMarkdown('<title>Refund\n rules</title><p>x</p>')).toEqual({ title: 'Refund rules', text: 'x' });
});

test('takes a lone < as text', () => {
  expect(htmlToMarkdown('<p>1 < 2 and a<b').text).toBe('1 < 2 and a');
});

test('never throws and never lets a script element through, whatever the text', () => {
  const piece = fc.constantFrom(
    '<script>',
    '</script>',
    '<',
    '>',
    '"',
    "'",
    '<!--',
    '-->',
    '<div hidden>',
    '</div>',
    'evil()',
    ' ',
    '&#x3c;',
    '<pre>',
    '<td>',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      expect(htmlToMarkdown(pieces.join('')).text).not.toMatch(/<script/i);
    }),
    { numRuns: 200 },
  );
});

test('takes linear time on unclosed tags', () => {
  const started = performance.now();

  htmlToMarkdown('<a '.repeat(300_000));
  htmlToMarkdown('<script>'.repeat(100_000));
  htmlToMarkdown('<!--'.repeat(300_000));

  // A hang guard: quadratic time would take minutes.
  expect(performance.now() - started).toBeLessThan(10_000);
});
