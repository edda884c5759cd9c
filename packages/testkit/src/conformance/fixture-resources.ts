import { resourceFactory } from '@fairlead/server-kit';
import type { FixtureDeps } from './fixture-deps.ts';
import { redPixelPng } from './media.ts';

const defineResource = resourceFactory<FixtureDeps>();
const permission = 'fixture:read';

/** The resources that the suite reads, as ordinary definitions of the kit. */
export const fixtureResources = [
  defineResource({
    name: 'static-text',
    title: 'Static text',
    description: 'A text that never changes.',
    uri: 'test://static-text',
    mimeType: 'text/plain',
    permission,
    read: async (_deps, _variables, { uri }) => [
      { uri, mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
    ],
  }),
  defineResource({
    name: 'static-binary',
    title: 'Static image',
    description: 'An image of one red pixel.',
    uri: 'test://static-binary',
    mimeType: 'image/png',
    permission,
    read: async (_deps, _variables, { uri }) => [{ uri, mimeType: 'image/png', blob: redPixelPng }],
  }),
  defineResource({
    name: 'watched-resource',
    title: 'Watched text',
    description: 'A text to subscribe to.',
    uri: 'test://watched-resource',
    mimeType: 'text/plain',
    permission,
    read: async (_deps, _variables, { uri }) => [
      { uri, mimeType: 'text/plain', text: 'This resource can be watched.' },
    ],
  }),
  defineResource({
    name: 'template',
    title: 'Template',
    description: 'Data by id.',
    uri: 'test://template/{id}/data',
    mimeType: 'application/json',
    permission,
    read: async (_deps, { id = '' }, { uri }) => [
      {
        uri,
        mimeType: 'application/json',
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
      },
    ],
    complete: { id: async (_deps, prefix) => ['123', '456'].filter((id) => id.startsWith(prefix)) },
  }),
];
