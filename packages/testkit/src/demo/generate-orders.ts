import { demoCounts, demoNowSeconds, demoRandom, returnedProductId } from './demo-numbers.ts';
import type { DemoOrder, DemoOrderLine, DemoOrderStatus } from './demo-order.ts';
import type { DemoCustomer } from './generate-customers.ts';
import type { DemoProduct } from './generate-products.ts';
import { plantOutage } from './plant-outage.ts';
import { plantReturns } from './plant-returns.ts';
import type { RandomSource } from './xoshiro128.ts';

const yearSeconds = 365 * 86_400;
const paymentMethods = ['card', 'card', 'card', 'card', 'card', 'card', 'card', 'paypal', 'paypal', 'invoice'] as const;
const linesMax = 4;

/**
 * Makes the orders of the year before the demo's "now", oldest first; the position plus one is the id. Planted: the outage
 * of week 37 and the returns of product 417 (05 T-72).
 */
export function generateOrders(
  customers: readonly DemoCustomer[],
  products: readonly DemoProduct[],
): readonly DemoOrder[] {
  const random = demoRandom('orders');
  const drafts = lineCounts(random).map((lineCount, index) => {
    const customer = random.pick(customers);
    const paymentMethod = random.pick(paymentMethods);
    const placedAtSeconds = placedAt(random, index);
    const status = drawStatus(random, { placedAtSeconds, paymentMethod });
    const lines = Array.from({ length: lineCount }, () => drawLine(random, { products, status }));
    return { customer, paymentMethod, placedAtSeconds, status, lines, totalCents: totalOf(lines) };
  });
  return plantReturns(
    plantOutage(drafts, random).toSorted((left, right) => left.placedAtSeconds - right.placedAtSeconds),
  );
}

/** One to four lines an order, and 100,000 together: what the draw misses is added to or taken from the first orders. */
function lineCounts(random: RandomSource): readonly number[] {
  const counts = Array.from({ length: demoCounts.orders }, () => 1 + random.below(linesMax));
  let missing = demoCounts.orderItems - counts.reduce((sum, count) => sum + count, 0);
  return counts.map((count) => {
    const step = Math.sign(missing);
    const changed = count + step;
    if (step === 0 || changed < 1 || changed > linesMax) return count;
    missing -= step;
    return changed;
  });
}

/** Evenly over the days of the year, so that weeks compare; within a day more often around noon than at night. */
function placedAt(random: RandomSource, index: number): number {
  const day = index % 365;
  const secondOfDay = Math.floor((random.below(86_400) + random.below(86_400)) / 2);
  return demoNowSeconds - yearSeconds + day * 86_400 + secondOfDay;
}

function drawStatus(
  random: RandomSource,
  { placedAtSeconds, paymentMethod }: Pick<DemoOrder, 'placedAtSeconds' | 'paymentMethod'>,
): DemoOrderStatus {
  const draw = random.below(1_000);
  if (paymentMethod === 'card' && draw < 12) return 'payment_failed';
  if (draw >= 960) return 'cancelled';
  const ageDays = (demoNowSeconds - placedAtSeconds) / 86_400;
  if (ageDays < 2) return 'paid';
  return ageDays < 9 ? 'shipped' : 'delivered';
}

interface LineParts {
  readonly products: readonly DemoProduct[];
  readonly status: DemoOrderStatus;
}

function drawLine(random: RandomSource, { products, status }: LineParts): DemoOrderLine {
  const product = drawProduct(random, products);
  const quantity = 1 + Math.floor((random.below(3) * random.below(3)) / 2);
  const isReturned = status === 'delivered' && random.chance(31);
  return {
    productId: product.id,
    quantity,
    unitPriceCents: product.priceCents,
    returnedQuantity: isReturned ? quantity : 0,
  };
}

/** Each product now and then, the one with the returns six times as often: a rate needs numbers behind it. */
function drawProduct(random: RandomSource, products: readonly DemoProduct[]): DemoProduct {
  const isFavourite = random.chance(5);
  const drawn = random.pick(products);
  return isFavourite ? (products[returnedProductId - 1] ?? drawn) : drawn;
}

function totalOf(lines: readonly DemoOrderLine[]): number {
  return lines.reduce((sum, line) => sum + line.quantity * line.unitPriceCents, 0);
}
