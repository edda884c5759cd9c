import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeSnapshot } from '../../test/support/make-snapshot.ts';
import { wrapUri } from './uri-index.ts';

const resource = (uri: string) => ({ uri, name: uri });
const template = (uriTemplate: string) => ({ uriTemplate, name: uriTemplate });

const { merged } = makeSnapshot({
  alpha: {
    items: {
      resource: [resource('shared://x'), resource('alpha://x')],
      template: [template('t://{a}'), template('t://long/{a}')],
    },
  },
  beta: { items: { resource: [resource('shared://x')], template: [template('t://longer/{a}')] } },
});

test('03 N3: a URI that one server lists is that server’s', () => {
  expect(merged.uris.find('alpha://x')).toMatchObject({
    server: 'alpha',
    uri: 'alpha://x',
    item: { kind: 'resource' },
  });
});

test('03 N3: a URI that two servers list is nobody’s, and each copy has its own form', () => {
  expect(merged.uris.find('shared://x')).toBeUndefined();
  const shown = merged.items.resource.map((item) => merged.nameOf(item));

  expect(shown).toEqual(['alpha://x', wrapUri('alpha', 'shared://x'), wrapUri('beta', 'shared://x')]);
  expect(merged.uris.find(wrapUri('beta', 'shared://x'))).toMatchObject({
    server: 'beta',
    uri: 'shared://x',
    item: { server: 'beta' },
  });
});

test('03 N3: of templates the longest literal start wins', () => {
  expect(merged.uris.find('t://long/1')).toMatchObject({ server: 'alpha', item: { name: 't://long/{a}' } });
  expect(merged.uris.find('t://longer/1')).toMatchObject({ server: 'beta' });
});

test('04 G-30: an unlisted URI belongs to the one server that has its scheme, and to nobody when two have', () => {
  expect(merged.uris.find('alpha://unlisted')).toEqual({ server: 'alpha', uri: 'alpha://unlisted', item: undefined });
  expect(merged.uris.find('shared://unlisted')).toBeUndefined();
  expect(merged.uris.find('unknown://x')).toBeUndefined();
});

test('the wrapped form of a server that does not exist leads nowhere', () => {
  expect(merged.uris.find(wrapUri('gamma', 'shared://x'))).toBeUndefined();
});

test('03 N7: every URI that a server sends leads back to that server under its own URI', () => {
  const uri = fc.oneof(
    fc.webUrl(),
    fc.constantFrom('shared://x', 'alpha://x', 't://long/1', 't://longer/2', 'other://ä/ö'),
    fc.string({ minLength: 1 }),
  );
  fc.assert(
    fc.property(fc.constantFrom('alpha', 'beta'), uri, (server, sent) => {
      fc.pre(!sent.startsWith('fairlead://'));

      expect(merged.uris.find(merged.uris.toWire(server, sent))).toMatchObject({ server, uri: sent });
    }),
    { numRuns: 200 },
  );
});
