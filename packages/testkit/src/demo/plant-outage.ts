import { outage, week37StartSeconds } from './demo-numbers.ts';
import type { DemoOrder } from './demo-order.ts';
import { isRevenue } from './is-revenue.ts';
import type { RandomSource } from './xoshiro128.ts';

const weekSeconds = 7 * 86_400;
/** Revenue of week 37 in percent of the week before. */
const remainingPercent = 82;

/**
 * Lets EU revenue fall by 18 % from week 36 to week 37: in the nine hours of the outage all card orders of the EU fail. As
 * many card orders of that week as the fall needs are moved into the outage; the other ones are moved out of it.
 */
export function plantOutage(orders: readonly DemoOrder[], random: RandomSource): readonly DemoOrder[] {
  const before = revenueOf(orders.filter((order) => isEuOrderOfWeek(order, week37StartSeconds - weekSeconds)));
  const during = orders.filter((order) => isEuOrderOfWeek(order, week37StartSeconds) && isRevenue(order));
  const lost = revenueOf(during) - Math.round((before * remainingPercent) / 100);
  const failing = chooseBySum(
    during.filter((order) => order.paymentMethod === 'card'),
    lost,
  );
  return orders.map((order) => {
    if (failing.has(order)) return failInOutage(order, random);
    return isEuOrderOfWeek(order, week37StartSeconds) ? moveOutOfOutage(order) : order;
  });
}

function isEuOrderOfWeek({ customer, placedAtSeconds }: DemoOrder, startSeconds: number): boolean {
  return customer.region === 'EU' && placedAtSeconds >= startSeconds && placedAtSeconds < startSeconds + weekSeconds;
}

function revenueOf(orders: readonly DemoOrder[]): number {
  return orders.filter(isRevenue).reduce((sum, order) => sum + order.totalCents, 0);
}

/** Orders whose totals add up to nearly `sum`: as they come while they fit, then the one that fits best. */
function chooseBySum(orders: readonly DemoOrder[], sum: number): ReadonlySet<DemoOrder> {
  const chosen = new Set<DemoOrder>();
  let missing = sum;
  for (const order of orders) {
    if (order.totalCents > missing) continue;
    chosen.add(order);
    missing -= order.totalCents;
  }
  const misfit = (order: DemoOrder) => Math.abs(order.totalCents - missing);
  const best = orders.filter((order) => !chosen.has(order)).toSorted((left, right) => misfit(left) - misfit(right))[0];
  if (best !== undefined && misfit(best) < missing) chosen.add(best);
  return chosen;
}

function failInOutage(order: DemoOrder, random: RandomSource): DemoOrder {
  const placedAtSeconds = outage.startSeconds + random.below(outage.endSeconds - outage.startSeconds);
  const lines = order.lines.map((line) => ({ ...line, returnedQuantity: 0 }));
  return { ...order, placedAtSeconds, status: 'payment_failed', lines };
}

/** A card order that did not fail happened after the outage. */
function moveOutOfOutage(order: DemoOrder): DemoOrder {
  const isInOutage = order.placedAtSeconds >= outage.startSeconds && order.placedAtSeconds < outage.endSeconds;
  if (!isInOutage || order.paymentMethod !== 'card' || order.status === 'payment_failed') return order;
  return { ...order, placedAtSeconds: order.placedAtSeconds + outage.endSeconds - outage.startSeconds };
}
