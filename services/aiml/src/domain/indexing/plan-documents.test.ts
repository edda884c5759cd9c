import { expect, test } from 'vitest';
import { planDocuments, type PlanTarget } from './plan-documents.ts';

const target: PlanTarget = { argument: 'documents', tenant: 't1', collection: 'docs', fields: { year: 'integer' } };

const idOf = (tenant: string): unknown => {
  const plan = planDocuments([{ uri: 'file:///docs/a.md' }], { ...target, tenant });
  return plan.kind === 'plan' ? plan.documents[0]?.id : undefined;
};

test('gives the same document the same id, and another tenant another (07 A-11)', () => {
  expect(idOf('t1')).toMatch(/^d_[0-9a-f]{24}$/);
  expect(idOf('t1')).toBe(idOf('t1'));
  expect(idOf('t1')).not.toBe(idOf('t2'));
});

test('takes a document that comes twice once, as it came first', () => {
  const plan = planDocuments(
    [
      { id: 'a', text: 'first' },
      { id: 'b', text: 'x' },
      { id: 'a', text: 'second' },
    ],
    target,
  );

  expect(plan).toMatchObject({
    kind: 'plan',
    duplicates: 1,
    documents: [{ id: 'a', text: 'first', uri: 'doc://docs/a' }, { id: 'b' }],
  });
});

test.each([
  ['INPUT_INVALID', { id: 'a' }, /documents\[0\] needs exactly one of text and uri/],
  ['INPUT_INVALID', { text: 'x', uri: 'file:///docs/a.md' }, /exactly one/],
  ['INPUT_INVALID', { uri: 'not a uri' }, /is not a URI/],
  ['INPUT_INVALID', { text: 'x', metadata: { year: 'late' } }, /documents\[0\]\.metadata\.year is not a whole number/],
  [
    'EGRESS_DENIED',
    { uri: 'https://example.com/a.md' },
    /does not fetch https: addresses; fetching comes with a later release/,
  ],
  ['EGRESS_DENIED', { uri: 'http://169.254.169.254/latest/meta-data' }, /does not fetch http: addresses/],
  ['EGRESS_DENIED', { uri: 'data:text/plain,hi' }, /does not fetch data: addresses/],
  ['AIML_UNSUPPORTED_TYPE', { text: 'x', mime: 'application/pdf' }, /Supported: text\/markdown/],
])('refuses with %s: %o', (code, input, reason) => {
  expect(planDocuments([input], target)).toEqual({ kind: 'refused', code, reason: expect.stringMatching(reason) });
});
