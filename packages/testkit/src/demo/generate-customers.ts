import { demoCounts, demoNowSeconds, demoRandom } from './demo-numbers.ts';
import { countries, firstNames, lastNames } from './demo-words.ts';
import type { RandomSource } from './xoshiro128.ts';

/** One customer of the shop. Ids are 1 to 10,000 without gaps. */
export interface DemoCustomer {
  readonly id: number;
  readonly name: string;
  readonly country: string;
  readonly region: string;
  readonly postalCode: string;
  readonly segment: string;
  readonly signedUpAtSeconds: number;
  /** The customer that this one repeats; absent for all but 120. */
  readonly duplicateOf?: DemoCustomer;
}

const segments = ['consumer', 'consumer', 'consumer', 'small business', 'enterprise'] as const;
const yearsOfSignUps = 4;
const yearSeconds = 365 * 86_400;
/** Duplicates stand in the second half, so that each has an earlier original. */
const firstDuplicateId = demoCounts.customers / 2 + 1;

/**
 * Makes the customers in the order of their sign-up. Planted: 120 of them signed up twice, with the same name (some in
 * capitals), country and postal code; no other two agree in name and postal code.
 */
export function generateCustomers(): readonly DemoCustomer[] {
  const random = demoRandom('customers');
  const signUps = signUpTimes(random);
  const duplicateIds = distinctNumbers(random, firstDuplicateId, demoCounts.customers);
  const originalIds = [...distinctNumbers(random, 1, firstDuplicateId - 1)];
  const taken = new Set<string>();
  const customers: DemoCustomer[] = [];
  for (const [index, signedUpAtSeconds] of signUps.entries()) {
    const id = index + 1;
    const original = duplicateIds.has(id) ? customers[(originalIds.pop() ?? 0) - 1] : undefined;
    const person = original === undefined ? newPerson(random, taken) : repeat(original, id);
    customers.push({ id, ...person, segment: random.pick(segments), signedUpAtSeconds });
  }
  return customers;
}

type Person = Pick<DemoCustomer, 'name' | 'country' | 'region' | 'postalCode' | 'duplicateOf'>;

function newPerson(random: RandomSource, taken: Set<string>): Person {
  const name = `${random.pick(firstNames)} ${random.pick(lastNames)}`;
  const postalCode = String(10_000 + random.below(89_999));
  const key = `${name} ${postalCode}`;
  if (taken.has(key)) return newPerson(random, taken);
  taken.add(key);
  const [country, region] = random.pick(countries);
  return { name, country, region, postalCode };
}

function repeat(original: DemoCustomer, id: number): Person {
  const { name, country, region, postalCode } = original;
  return { name: id % 3 === 0 ? name.toUpperCase() : name, country, region, postalCode, duplicateOf: original };
}

function signUpTimes(random: RandomSource): readonly number[] {
  const span = yearsOfSignUps * yearSeconds;
  return Array.from({ length: demoCounts.customers }, () => demoNowSeconds - 1 - random.below(span)).toSorted(
    (left, right) => left - right,
  );
}

function distinctNumbers(random: RandomSource, low: number, high: number): ReadonlySet<number> {
  const numbers = new Set<number>();
  while (numbers.size < demoCounts.duplicateCustomers) numbers.add(low + random.below(high - low + 1));
  return numbers;
}
