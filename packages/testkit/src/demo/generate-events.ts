import { demoCounts, demoNowSeconds, demoRandom, outage } from './demo-numbers.ts';
import { searchTerms } from './demo-words.ts';
import type { DemoOrder } from './demo-order.ts';
import type { RandomSource } from './xoshiro128.ts';

/** Something that a customer did in the shop. */
export interface DemoEvent {
  readonly customerId: number;
  readonly kind: string;
  readonly occurredAtSeconds: number;
  readonly payload: Readonly<Record<string, string | number>>;
}

/** Events are kept for 90 days. */
const keptSeconds = 90 * 86_400;
const kinds = ['page_view', 'page_view', 'page_view', 'page_view', 'search', 'add_to_cart'] as const;
const declines = ['insufficient_funds', 'expired_card', 'limit_exceeded'] as const;

/** Makes the events of the last 90 days, oldest first: one for each order's payment, the rest is browsing. */
export function generateEvents(orders: readonly DemoOrder[]): readonly DemoEvent[] {
  const random = demoRandom('events');
  const firstSeconds = demoNowSeconds - keptSeconds;
  const payments = orders.flatMap((order, index) =>
    order.placedAtSeconds < firstSeconds ? [] : [paymentEvent(order, { orderId: index + 1, random })],
  );
  const browsing = Array.from({ length: demoCounts.events - payments.length }, () => browse(random, firstSeconds));
  return [...payments, ...browsing].toSorted((left, right) => left.occurredAtSeconds - right.occurredAtSeconds);
}

interface PaymentParts {
  readonly orderId: number;
  readonly random: RandomSource;
}

function paymentEvent(order: DemoOrder, { orderId, random }: PaymentParts): DemoEvent {
  const decline = random.pick(declines);
  const hasFailed = order.status === 'payment_failed';
  const isInOutage = order.placedAtSeconds >= outage.startSeconds && order.placedAtSeconds < outage.endSeconds;
  const reason = isInOutage && order.customer.region === 'EU' ? 'acquirer_timeout' : decline;
  return {
    customerId: order.customer.id,
    kind: hasFailed ? 'payment_failed' : 'payment_succeeded',
    occurredAtSeconds: order.placedAtSeconds,
    payload: { order_id: orderId, method: order.paymentMethod, ...(hasFailed ? { reason } : {}) },
  };
}

function browse(random: RandomSource, firstSeconds: number): DemoEvent {
  const kind = random.pick(kinds);
  return {
    customerId: 1 + random.below(demoCounts.customers),
    kind,
    occurredAtSeconds: firstSeconds + random.below(keptSeconds),
    payload:
      kind === 'search' ? { query: random.pick(searchTerms) } : { product_id: 1 + random.below(demoCounts.products) },
  };
}
