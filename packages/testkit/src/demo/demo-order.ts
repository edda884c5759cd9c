import type { DemoCustomer } from './generate-customers.ts';

/** Where an order stands. `paid`, `shipped` and `delivered` are revenue. */
export type DemoOrderStatus = 'paid' | 'shipped' | 'delivered' | 'cancelled' | 'payment_failed';

/** One line of an order. */
export interface DemoOrderLine {
  readonly productId: number;
  readonly quantity: number;
  readonly unitPriceCents: number;
  readonly returnedQuantity: number;
}

/** One order with its lines. `totalCents` is the sum of its lines. */
export interface DemoOrder {
  readonly customer: DemoCustomer;
  readonly placedAtSeconds: number;
  readonly paymentMethod: string;
  readonly status: DemoOrderStatus;
  readonly lines: readonly DemoOrderLine[];
  readonly totalCents: number;
}
