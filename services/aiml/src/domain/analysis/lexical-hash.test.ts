import { hash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createAnalyser } from './analyser.ts';
import { createLexicalHasher } from './lexical-hash.ts';

const analyser = createAnalyser();
const embed = createLexicalHasher();
const vectorOf = (text: string): Float32Array => embed(analyser.terms(text)) ?? new Float32Array(512);
const cosine = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

// Golden vectors: stored vectors were made by this very function. A change needs a new version of the embedder.
test.each([
  ['rotate the API keys', '2e9057928de6d85f'],
  ['KeyRotationPolicy max_age_days', '61a06b418db1f50e'],
])('makes the same vector of "%s" for ever', (text, digest) => {
  expect(hash('sha256', new Uint8Array(vectorOf(text).buffer), 'hex').slice(0, 16)).toBe(digest);
});

test('makes vectors of unit length', () => {
  const vector = vectorOf('a passage about refunds in the EU');

  expect(vector).toHaveLength(512);
  expect(cosine(vector, vector)).toBeCloseTo(1, 5);
});

test('brings misspelt words near, and other words not', () => {
  const query = vectorOf('idempotency');

  expect(cosine(query, vectorOf('idempotnecy'))).toBeGreaterThan(0.3);
  expect(Math.abs(cosine(query, vectorOf('Kubernetes')))).toBeLessThan(0.2);
});

test('does not depend on what was embedded before', () => {
  const fresh = createLexicalHasher();

  expect(fresh(analyser.terms('rotate the keys'))).toEqual(vectorOf('rotate the keys'));
});

test('has no vector for text without a telling word', () => {
  expect(embed(analyser.terms('--- !!! the of'))).toBeUndefined();
});
