import { ServiceError } from '@fairlead/server-kit/runtime';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeJson } from './decode-json.ts';

const literal = fc.oneof(
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }).map(String),
  fc.tuple(fc.integer(), fc.integer({ min: -400, max: 400 })).map(([mantissa, exponent]) => `${mantissa}e${exponent}`),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);

/** The value of a number literal as a reduced decimal: what must not change. */
function decimalOf(text: string): string {
  const [mantissa = '', exponent = '0'] = text.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = BigInt(`${whole}${fraction}`.replace('-', '') || '0');
  if (digits === 0n) return '0';
  const trimmed = String(digits).replace(/0+$/, '');
  const scale = Number(exponent) - fraction.length + (String(digits).length - trimmed.length);
  return `${mantissa.startsWith('-') ? '-' : ''}${trimmed}e${scale}`;
}

test('04 G-12: no number changes its value between client and server', () => {
  fc.assert(
    fc.property(literal, (text) => {
      const sent = JSON.stringify(decodeJson(Buffer.from(`{"value":${text}}`)));
      const value = sent.slice('{"value":'.length, -1);

      expect(decimalOf(value)).toBe(decimalOf(text));
    }),
    { numRuns: 200 },
  );
});

test('04 G-11: every JSON value without doubled keys comes out as it went in', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6, stringUnit: 'grapheme' }), (text) => {
      fc.pre(!text.includes('__proto__'));

      expect(JSON.parse(JSON.stringify(decodeJson(Buffer.from(text))))).toEqual(JSON.parse(text));
    }),
    { numRuns: 200 },
  );
});

test('06 N01: a key that is doubled anywhere is found', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(5), (key, depth) => {
      const quoted = JSON.stringify(key);
      const text = `${'{"x":['.repeat(depth)}{${quoted}:1,"other":2,${quoted}:3}${']}'.repeat(depth)}`;

      expect(() => decodeJson(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'WIRE_AMBIGUOUS' }));
    }),
    { numRuns: 200 },
  );
});

test('09 V-41: any bytes are decoded or refused by our own error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(refusalOf(Buffer.from(bytes))).toMatch(/^(none|WIRE_INVALID|WIRE_AMBIGUOUS)$/);
    }),
    { numRuns: 200 },
  );
});

function refusalOf(bytes: Buffer): string {
  try {
    decodeJson(bytes);
    return 'none';
  } catch (error) {
    return ServiceError.is(error) ? error.code : String(error);
  }
}
