import { expect, test } from 'vitest';
import { resolveTrace } from './resolve-trace.ts';
import { newSpanId, newTraceId } from './trace-id.ts';
import { formatTraceparent, parseTraceparent } from './trace-parent.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';
const header = `00-${traceId}-${spanId}-01`;

test('parses and writes a traceparent', () => {
  expect(parseTraceparent(header)).toEqual({ traceId, spanId, sampled: true });
  expect(formatTraceparent({ traceId, spanId, sampled: true })).toBe(header);
  expect(formatTraceparent({ traceId, spanId, sampled: false })).toBe(`00-${traceId}-${spanId}-00`);
});

test('reads the sampled flag alone', () => {
  expect(parseTraceparent(`00-${traceId}-${spanId}-fe`)?.sampled).toBe(false);
  expect(parseTraceparent(`00-${traceId}-${spanId}-03`)?.sampled).toBe(true);
});

test('reads a later version as far as it agrees', () => {
  expect(parseTraceparent(`cc-${traceId}-${spanId}-01-what-the-future-brings`)).toEqual({
    traceId,
    spanId,
    sampled: true,
  });
  expect(parseTraceparent(`cc-${traceId}-${spanId}-01`)).toBeDefined();
});

test.each([
  undefined,
  ['x'],
  '',
  `ff-${traceId}-${spanId}-01`,
  `00-${traceId}-${spanId}-01-more`,
  `cc-${traceId}-${spanId}-01more`,
  `00-${'0'.repeat(32)}-${spanId}-01`,
  `00-${traceId}-${'0'.repeat(16)}-01`,
  header.toUpperCase(),
  ` ${header}`,
  `${header}, ${header}`,
  `0-${traceId}-${spanId}-01`,
  `00-${traceId.slice(1)}-${spanId}-01`,
  `cc-${traceId}-${spanId}-01-${'x'.repeat(1_000)}`,
])('takes %j for no traceparent', (value) => {
  expect(parseTraceparent(value)).toBeUndefined();
});

test('makes ids that are hexadecimal, of their length, and different', () => {
  const ids = Array.from({ length: 2_000 }, newTraceId);

  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(2_000);
  expect(newSpanId()).toMatch(/^[0-9a-f]{16}$/);
});

const other = `00-${traceId}-${'1'.repeat(16)}-00`;

test('takes the trace of the body before that of the header, and links the header (03 P-19)', () => {
  expect(
    resolveTrace({
      header: { traceparent: header, tracestate: 'a=1' },
      meta: { traceparent: other, tracestate: 'b=2' },
    }),
  ).toEqual({
    traceId,
    parent: { traceId, spanId: '1'.repeat(16), sampled: false },
    link: { traceId, spanId, sampled: true },
    tracestate: 'b=2',
  });
});

test('takes the header when the body has none, or one that is none', () => {
  const expected = { traceId, parent: { traceId, spanId, sampled: true }, tracestate: 'a=1' };

  expect(resolveTrace({ header: { traceparent: header, tracestate: 'a=1' } })).toEqual(expected);
  expect(
    resolveTrace({
      header: { traceparent: header, tracestate: 'a=1' },
      meta: { traceparent: 'nonsense', tracestate: 'x' },
    }),
  ).toEqual(expected);
});

test('links nothing when both say the same', () => {
  expect(resolveTrace({ header: { traceparent: header }, meta: { traceparent: header } })).not.toHaveProperty('link');
});

test('begins a trace when nobody did, and drops a tracestate that belongs to none', () => {
  const trace = resolveTrace({ header: { tracestate: 'a=1' } });

  expect(trace).toEqual({ traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
});
