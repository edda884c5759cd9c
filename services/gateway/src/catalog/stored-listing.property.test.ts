import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ServerListing } from './server-listing.ts';
import { decodeListing, encodeListing } from './stored-listing.ts';

/** Not `__proto__`: reading drops it, as it should. */
const key = fc.string().filter((name) => name !== '__proto__');
const object = fc.dictionary(key, fc.jsonValue({ maxDepth: 3 }));
const items = fc.array(fc.jsonValue({ maxDepth: 3 }), { maxLength: 4 });
const era = fc.constantFrom('modern' as const, 'legacy' as const);
const listings: fc.Arbitrary<ServerListing> = fc.record({
  era,
  serves: fc.array(era, { maxLength: 2 }),
  keepsSessions: fc.boolean(),
  opening: object,
  capabilities: object,
  items: fc.record({ tool: items, prompt: items, resource: items, template: items }),
  notices: fc.array(fc.string()),
  ttlMs: fc.option(fc.nat(), { nil: undefined }),
});

test('04 G-21: a list that is written and read is the same list, and equal lists are equal texts', () => {
  fc.assert(
    fc.property(listings, (listing) => {
      const encoded = encodeListing(listing);
      const decoded = decodeListing(encoded);

      // By their texts: a list came as JSON, which has no -0.
      expect(decoded.ok && JSON.stringify(decoded.listing)).toBe(JSON.stringify(listing));
      expect(decoded.ok && encodeListing(decoded.listing)).toEqual(encoded);
    }),
  );
});

test('04 G-21: a stored list of which one character is another one is refused', () => {
  fc.assert(
    fc.property(listings, fc.nat(), (listing, place) => {
      const { text, digest } = encodeListing(listing);
      const at = place % text.length;
      const altered = `${text.slice(0, at)}${text[at] === 'x' ? 'y' : 'x'}${text.slice(at + 1)}`;

      expect(decodeListing({ text: altered, digest })).toMatchObject({ ok: false });
    }),
  );
});
