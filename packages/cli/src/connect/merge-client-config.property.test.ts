import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { existingEntry, mergeClientConfig } from './merge-client-config.ts';

const servers = fc.dictionary(fc.string(), fc.record({ url: fc.webUrl() }), { noNullPrototype: true });
const entry = { url: 'http://127.0.0.1:8080/mcp' };

test('every other server and every other setting is kept', () => {
  fc.assert(
    fc.property(servers, fc.dictionary(fc.string(), fc.jsonValue(), { noNullPrototype: true }), (others, settings) => {
      const config = { ...settings, mcpServers: others };
      const place = { section: 'mcpServers', name: 'fairlead', entry };

      const merged = mergeClientConfig(config, place);

      expect(existingEntry(merged, place)).toEqual(entry);
      expect(merged).toEqual({ ...config, mcpServers: { ...others, fairlead: entry } });
    }),
    { numRuns: 200 },
  );
});
