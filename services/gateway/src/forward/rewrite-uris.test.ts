import { expect, test } from 'vitest';
import { makeSnapshot } from '../../test/support/make-snapshot.ts';
import { wrapUri } from '../catalog/uri-index.ts';
import { mayHoldUri, uriRewriter } from './rewrite-uris.ts';

const shared = { items: { resource: [{ uri: 'shared://x', name: 'x' }] } };
const { merged } = makeSnapshot({ alpha: shared, beta: shared });
const rewrite = uriRewriter(merged.uris, 'beta');
const renamed = wrapUri('beta', 'shared://x');

test('03 N4: renames the URIs of contents, resource links and embedded resources', () => {
  const contents = { result: { contents: [{ uri: 'shared://x', text: 'shared://x' }] } };
  const content = {
    result: {
      content: [
        { type: 'resource_link', uri: 'shared://x', name: 'x' },
        { type: 'resource', resource: { uri: 'shared://x', text: '' } },
        { type: 'text', text: 'shared://x' },
      ],
      structuredContent: { uri: 'shared://x' },
    },
  };

  expect(rewrite(contents)).toEqual({ result: { contents: [{ uri: renamed, text: 'shared://x' }] } });
  expect(rewrite(content)).toEqual({
    result: {
      content: [
        { type: 'resource_link', uri: renamed, name: 'x' },
        { type: 'resource', resource: { uri: renamed, text: '' } },
        { type: 'text', text: 'shared://x' },
      ],
      structuredContent: { uri: 'shared://x' },
    },
  });
});

test('03 N5: renames the resources in prompt messages', () => {
  const message = {
    result: { messages: [{ role: 'user', content: { type: 'resource', resource: { uri: 'shared://x', text: '' } } }] },
  };

  expect(JSON.stringify(rewrite(message))).toContain(renamed);
});

test('03 N4: renames the URI of a notice', () => {
  const notice = { method: 'notifications/resources/updated', params: { uri: 'shared://x', _meta: { kept: 1 } } };

  expect(rewrite(notice)).toEqual({ ...notice, params: { uri: renamed, _meta: { kept: 1 } } });
});

test('an answer without a URI needs no look', () => {
  expect(mayHoldUri('{"result":{"content":[]}}')).toBe(false);
  expect(mayHoldUri('{"result":{"contents":[{"uri":"a"}]}}')).toBe(true);
});
